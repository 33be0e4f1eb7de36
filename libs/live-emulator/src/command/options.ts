/** An option of the command line; without a placeholder it takes no value. */
interface Option {
  readonly placeholder?: string;
  readonly help: string;
  readonly repeats?: true;
}

/** Every option, in the order of the help. */
export const OPTIONS = {
  host: { placeholder: 'HOST', help: 'where to listen (127.0.0.1)' },
  port: { placeholder: 'N', help: 'port to listen on (0: any free one)' },
  'admin-port': { placeholder: 'N', help: 'a port of its own for the admin API (the same one)' },
  'api-key': { placeholder: 'KEY', help: 'the one accepted credential (any, but there must be one)' },
  'auth-refusal': {
    placeholder: '401|403|close',
    help: 'how another one is refused: status of the upgrade, or opened and closed with 1008 (401)',
  },
  scenario: { placeholder: 'FILE', help: 'what the model does and what goes wrong, in YAML or JSON' },
  fault: {
    placeholder: 'FAULT',
    help: "what goes wrong from the start, as in '{ fault: latency, by: 80ms }'; may be repeated",
    repeats: true,
  },
  seed: { placeholder: 'N', help: 'makes what is random about faults the same each time (1)' },
  speed: { placeholder: 'X', help: 'how many times faster than real time its time runs (1)' },
  'manual-clock': { help: 'its time stands still until the admin API moves it' },
  latency: { placeholder: 'TIME', help: "from the end of a turn to the answer's first sound (300ms)" },
  'setup-delay': { placeholder: 'TIME', help: 'from setup to setupComplete (50ms)' },
  'connection-age': { placeholder: 'TIME', help: 'when a connection is closed (10min)' },
  'go-away-notice': { placeholder: 'TIME', help: 'how long before that goAway is sent (50s)' },
  'session-age': { placeholder: 'TIME', help: 'when a session without compression ends (15min)' },
  'video-session-age': { placeholder: 'TIME', help: 'the same, once it has seen a picture (2min)' },
  'max-sessions': { placeholder: 'N', help: 'sessions that may be open at the same time (any number)' },
  'max-setups-per-minute': { placeholder: 'N', help: 'setups in any minute (any number)' },
  'ping-interval': { placeholder: 'TIME', help: 'how often it sends a WebSocket ping (never)' },
  'keep-audio': { placeholder: 'TIME', help: 'how much of its latest sound each connection keeps (none)' },
  'text-frames': { help: 'mark its frames as text, not as binary' },
  'marks-finished': { help: 'mark the end of each transcription with "finished"' },
  compression: { help: 'let clients have their frames compressed (permessage-deflate)' },
  help: { help: 'show this' },
} as const satisfies Readonly<Record<string, Option>>;

const WIDTH = 30;

export function helpText(): string {
  const lines = Object.entries(OPTIONS).map(([name, option]: [string, Option]) => {
    const written = option.placeholder === undefined ? `--${name}` : `--${name} ${option.placeholder}`;
    return `  ${written.padEnd(WIDTH)}${option.help}`;
  });
  return [
    'usage: live-emulator [OPTION ...]',
    '',
    'A Gemini Live API server for development and tests. TIME is a number with a unit: 500ms, 1.5s, 10min or 2h.',
    '',
    ...lines,
    '',
    'Standard output has one JSON object a line; the first says where it listens.',
    '',
  ].join('\n');
}
