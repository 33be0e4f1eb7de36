import type { LiveServerMessage } from '@google/genai';
import type { LiveService } from '@studio/contracts';
import { Exchange } from '../exchange/exchange.ts';

/** A session as it was recorded. */
export interface Recording {
  readonly name: string;
  readonly service: LiveService;
  /** What the client sent, the setup first. */
  readonly sent: readonly unknown[];
  /** What came back, with its frames as they were. */
  readonly received: Exchange;
}

const NAME = /^live_(ML_Dev|Vertex)_(.+)\.websocket\.log$/;
const FRAME_HEADER = /^([<>])(\d+) /;
const BREAK = 0x0a;

/** Whether a file is a recorded session, by its name. */
export function isRecording(fileName: string): boolean {
  return NAME.test(fileName);
}

/**
 * Reads a recorded session: `>N ` opens a frame of the client, `<N ` one of the service. N bytes follow: the frame, and a line break of the
 * recorder's own.
 * @throws RangeError where the file is not so
 */
export function readRecording(fileName: string, file: Buffer): Recording {
  const [, api, title = ''] = NAME.exec(fileName) ?? [];
  if (api === undefined) throw new RangeError(`${fileName} is not named like a recording`);
  const sent: unknown[] = [];
  const received = new Exchange();
  for (let at = 0; at < file.length;) {
    if (file[at] === BREAK) {
      at += 1;
      continue;
    }
    const header = FRAME_HEADER.exec(file.subarray(at, at + 16).toString('latin1'));
    if (!header) throw new RangeError(`${fileName}: no frame at byte ${at}`);
    const body = at + header[0].length;
    at = body + Number(header[2]);
    if (at > file.length) throw new RangeError(`${fileName}: the last frame is cut short`);
    const text = withoutLastBreak(file.subarray(body, at)).toString('utf8');
    const json: unknown = JSON.parse(text);
    if (header[1] === '>') {
      sent.push(json);
    } else {
      received.frames.push({ text, binary: true });
      received.add(json as LiveServerMessage, 0);
    }
  }
  return {
    name: title.replaceAll('_', ' '),
    service: api === 'Vertex' ? 'vertex' : 'developer',
    sent,
    received,
  };
}

function withoutLastBreak(bytes: Buffer): Buffer {
  return bytes.at(-1) === BREAK ? bytes.subarray(0, -1) : bytes;
}
