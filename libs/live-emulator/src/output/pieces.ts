/** The length that a piece of a transcription reaches at least, in characters. */
const PIECE = 18;

/** Cuts a text between words into the small pieces in which the service sends it; together they are the text. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const word of text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length < PIECE) pieces[pieces.length - 1] = last + word;
    else pieces.push(word);
  }
  return pieces;
}
