/** What one line of a text turn is. */
export type Line =
  | { readonly type: 'statement'; readonly author: string | null; readonly text: string }
  /** Speech of before, as a conversation that is told anew has it. */
  | { readonly type: 'heard'; readonly person: string; readonly seconds: number; readonly dbfs: number }
  | { readonly type: 'speaks' | 'joined' | 'left'; readonly person: string }
  | { readonly type: 'present'; readonly people: readonly string[] };

const NAME = String.raw`[\p{L}\p{N}][\p{L}\p{N}.'’_-]*(?: [\p{L}\p{N}][\p{L}\p{N}.'’_-]*){0,4}`;
const STATEMENT = new RegExp(`^(${NAME}):\\s+(\\S.*)$`, 'u');
const ANNOUNCEMENT = new RegExp(
  `^[([]?(${NAME}) (?:(is speaking|is talking|speaks|has the floor)|(joined|is here)|(left))(?: now| the room)?\\.?[)\\]]?$`,
  'u',
);
/** What this emulator's own transcription writes. */
const HEARD = /^\[speech, (\d+\.\d) s, (-?\d+) dBFS\]$/;
const PRESENT = /^[([]?(?:people |participants )?(?:in the room|present)(?: now)?:\s*(.+?)\.?[)\]]?$/i;
/** Words before a colon that open a sentence rather than name its author. */
const NO_AUTHORS = new Set([
  'note',
  'question',
  'answer',
  'warning',
  'todo',
  'example',
  'ps',
  'http',
  'https',
]);

export function readLines(text: string): Line[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readLine);
}

function readLine(line: string): Line {
  const present = PRESENT.exec(line);
  if (present?.[1]) {
    return { type: 'present', people: present[1].split(/,\s*|\s+and\s+/).filter((name) => name !== '') };
  }
  const announced = ANNOUNCEMENT.exec(line);
  if (announced?.[1]) {
    const type = announced[2] ? 'speaks' : announced[3] ? 'joined' : 'left';
    return { type, person: announced[1] };
  }
  const said = STATEMENT.exec(line);
  if (said?.[1] && said[2] && !NO_AUTHORS.has(said[1].toLowerCase())) {
    const heard = HEARD.exec(said[2]);
    return heard
      ? { type: 'heard', person: said[1], seconds: Number(heard[1]), dbfs: Number(heard[2]) }
      : { type: 'statement', author: said[1], text: said[2] };
  }
  return { type: 'statement', author: null, text: line };
}

/** Whether a text only tells who is here or who speaks, so that it asks for no answer. */
export function isAnnouncement(text: string): boolean {
  const lines = readLines(text);
  return lines.length > 0 && lines.every(({ type }) => type !== 'statement' && type !== 'heard');
}
