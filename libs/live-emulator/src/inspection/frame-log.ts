import type { Clock } from '../clock.ts';

/** The oldest go first beyond so many frames of all sessions, or so many characters of them. */
const MAX_FRAMES = 5000;
const MAX_CHARACTERS = 8_000_000;
/** A longer frame is kept without its payload from the start. */
const MAX_WHOLE = 4096;
/** Longer strings are cut. */
const MAX_STRING = 1000;

/** A frame as a client sent it, without payloads and without handles. */
export interface ReceivedFrame {
  /** Emulated time, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly sessionId: string;
  readonly bytes: number;
  /** With `{ bytes }` in the place of base64; null when it was no JSON. */
  readonly message: unknown;
}

interface KeptFrame {
  readonly at: number;
  readonly sessionId: string;
  readonly bytes: number;
  readonly text: string;
}

/** The latest frames that sessions were sent. */
export class FrameLog {
  readonly #clock: Clock;
  #kept: KeptFrame[] = [];
  #characters = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(sessionId: string, frame: string): void {
    const text = frame.length > MAX_WHOLE ? JSON.stringify(messageOf(frame)) : frame;
    this.#kept.push({ at: this.#clock.now(), sessionId, bytes: Buffer.byteLength(frame), text });
    this.#characters += text.length;
    while (this.#kept.length > MAX_FRAMES || this.#characters > MAX_CHARACTERS) {
      this.#characters -= this.#kept.shift()?.text.length ?? 0;
    }
  }

  /** Those of one session, the oldest first. */
  of(sessionId: string): ReceivedFrame[] {
    return this.#kept
      .filter((frame) => frame.sessionId === sessionId)
      .map(({ at, bytes, text }) => ({ at, sessionId, bytes, message: messageOf(text) }));
  }

  clear(): void {
    this.#kept = [];
    this.#characters = 0;
  }
}

function messageOf(text: string): unknown {
  try {
    return redacted(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @param parent the name of the field that the value is in */
function redacted(value: unknown, parent = ''): unknown {
  if (typeof value === 'string') return shortened(value, MAX_STRING);
  if (Array.isArray(value)) return value.map((item) => redacted(item));
  if (typeof value !== 'object' || value === null) return value;
  const isPayload = 'mimeType' in value || 'mime_type' in value;
  const resumes = /^session_?resumption$/i.test(parent);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]): [string, unknown] => {
      if (typeof inner === 'string' && isPayload && name === 'data') {
        return [name, { bytes: Buffer.byteLength(inner, 'base64') }];
      }
      // A handle opens a conversation, so only enough of it to tell two apart is shown.
      if (typeof inner === 'string' && resumes && name === 'handle') return [name, shortened(inner, 12)];
      return [name, redacted(inner, name)];
    }),
  );
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
