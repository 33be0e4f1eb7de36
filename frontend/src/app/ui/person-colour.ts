/** So many hues, each in two shades, on which white text has a contrast of at least 4.5. */
const HUES = 18;
const SHADES = [0.53, 0.44];

/** The colour of a person: the same for everybody, in every room, as long as the id is the same. */
export function personColour(id: string): string {
  let hash = 2166136261;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  const number = hash >>> 0;
  return `oklch(${SHADES[(number >>> 8) % SHADES.length] ?? 0} 0.12 ${(number % HUES) * (360 / HUES)})`;
}

/** One or two letters that stand for a name: of its first and its last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = firstCharacter(words[0]);
  const last = words.length > 1 ? firstCharacter(words.at(-1)) : '';
  return (first + last).toLocaleUpperCase();
}

function firstCharacter(word: string | undefined): string {
  return Array.from(word ?? '')[0] ?? '';
}
