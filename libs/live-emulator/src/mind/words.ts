const STOP_WORDS = new Set(
  (
    'a about above after again all also am an and any are as at be because been before being below between both but ' +
    'by can could did do does doing down during each else ever few for from further get got had has have having he ' +
    'her here hers him his how i if in into is it its just know let like make may me might more most much must my no ' +
    'nor not now of off ok okay on once one only or other our out over own please really same say said she should so ' +
    'some such than that the their them then there these they thing things think this those through to too under ' +
    'until up us very want was way we well were what when where which while who whom why will with would yes yet you ' +
    'your gemini tell talk'
  ).split(' '),
);

/** The words of a text that carry its meaning, in a crude common form. */
export function contentWords(text: string): string[] {
  return wordsOf(text)
    .filter((word) => word.length > 1 && !STOP_WORDS.has(word))
    .map(stem);
}

/** The words of a text as written, without those that carry no meaning. */
export function namedTopics(text: string): string[] {
  return wordsOf(text).filter((word) => word.length > 3 && !STOP_WORDS.has(word));
}

export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? [];
}

/** Takes off the commonest English endings, so that "costs" meets "cost". */
function stem(word: string): string {
  const short = word.replace(/['’]s$/, '').replace(/(?:ing|ed|es|s)$/, '');
  return short.length >= 3 ? short : word;
}
