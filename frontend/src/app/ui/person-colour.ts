/** Hues far enough apart to tell people from each other; each is legible with white text at {@link personColour}'s lightness. */
const HUES = [258, 200, 160, 128, 40, 14, 340, 300, 225, 180, 70, 320];

/** The colour of a person: the same for everybody, in every room, as long as the id is the same. */
export function personColour(id: string): string {
  let hash = 2166136261;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return `hsl(${HUES[(hash >>> 0) % HUES.length] ?? 0} 48% 42%)`;
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
