/** Accents and the like, as NFD sets them apart from the letters of the Latin, Greek and Cyrillic alphabets. */
const ACCENTS = /[\u0300-\u036f]+/g;
const BEYOND_ASCII = /[^ -~\n]/;

/** A text without case and accents: what is the same to whoever looks for it. Its length may be another. */
export function fold(text: string): string {
  const plain = BEYOND_ASCII.test(text) ? text.normalize('NFD').replace(ACCENTS, '') : text;
  return plain.toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ');
}

/** A folded text in which every run of white space is one space, with the place of each of its characters in the original. */
export interface Folded {
  readonly text: string;
  /** Where what became the character begins, and behind the last one where the original ends. */
  readonly places: readonly number[];
}

export function foldWithPlaces(original: string): Folded {
  let text = '';
  const places: number[] = [];
  let place = 0;
  for (const character of original) {
    const folded = /^\s$/u.test(character) ? ' ' : fold(character);
    if (folded !== ' ' || !text.endsWith(' ')) {
      for (let index = 0; index < folded.length; index++) places.push(place);
      text += folded;
    }
    place += character.length;
  }
  places.push(place);
  return { text, places };
}
