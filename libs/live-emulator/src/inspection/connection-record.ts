import type { Clock } from '../clock.ts';
import type { Activity } from '../input/activity.ts';
import type { Pcm } from '../input/pcm.ts';
import type { FunctionResponse } from '../session/client-message.ts';
import type { SessionObserver } from '../session/observer.ts';
import type { Setup } from '../session/setup.ts';
import { PictureRate } from './picture-rate.ts';
import { Recorder } from './recording.ts';
import type {
  ConnectionReport,
  EmulatorEvent,
  HeardActivity,
  ReceivedPicture,
  ReceivedText,
  ReceivedToolResponse,
  ReportedTurn,
} from './report.ts';

/** The latest that are kept of a connection, each. */
const MAX_KEPT = 1000;
const MAX_TEXT = 4000;

export type UntimedEvent = EmulatorEvent extends infer Event
  ? Event extends { readonly sessionId: string }
    ? Omit<Event, 'at' | 'sessionId'>
    : never
  : never;

export interface ConnectionRecordPorts {
  readonly clock: Clock;
  readonly keepAudioSeconds: number;
  readonly log: (event: UntimedEvent) => void;
}

/** Keeps account of one connection of a session. */
export class ConnectionRecord implements SessionObserver {
  readonly #ports: ConnectionRecordPorts;
  readonly #beginning: Pick<ConnectionReport, 'setup' | 'resumed' | 'openedAt'>;
  readonly #activities: HeardActivity[] = [];
  readonly #pictures: ReceivedPicture[] = [];
  readonly #texts: ReceivedText[] = [];
  readonly #toolResponses: ReceivedToolResponse[] = [];
  readonly #turns: ReportedTurn[] = [];
  readonly #rate = new PictureRate();
  readonly #recorder: Recorder;
  readonly #sums = {
    ...{ receivedAudioSeconds: 0, audioFrames: 0, receivedFrames: 0, sentFrames: 0 },
    ...{ heardSpeechSeconds: 0, pictures: 0, toolResponses: 0, turns: 0, interruptions: 0, spokenSeconds: 0 },
  };
  #audioAt: Pick<ConnectionReport, 'firstAudioAt' | 'lastAudioAt'> = {
    firstAudioAt: null,
    lastAudioAt: null,
  };
  #end: Pick<ConnectionReport, 'closedAt' | 'closed'> = { closedAt: null, closed: null };

  constructor(setup: Setup, ports: ConnectionRecordPorts) {
    this.#ports = ports;
    this.#recorder = new Recorder(ports.keepAudioSeconds);
    const resumed = Boolean(setup.sessionResumption?.handle);
    this.#beginning = { setup: redacted(setup), resumed, openedAt: ports.clock.now() };
  }

  get report(): ConnectionReport {
    const { receivedAudioSeconds, audioFrames, receivedFrames, sentFrames } = this.#sums;
    return {
      ...this.#beginning,
      ...this.#end,
      ...this.#audioAt,
      ...{ receivedAudioSeconds, audioFrames, receivedFrames, sentFrames },
      activities: [...this.#activities],
      pictures: [...this.#pictures],
      picturesOverRate: this.#rate.over,
      texts: [...this.#texts],
      toolResponses: [...this.#toolResponses],
      turns: [...this.#turns],
    };
  }

  /** Counts over the whole connection, also of what its lists keep no more. */
  get sums() {
    return { ...this.#sums, picturesOverRate: this.#rate.over };
  }

  get frames() {
    return this.#recorder.frames;
  }

  get isOpen(): boolean {
    return this.#end.closedAt === null;
  }

  disconnected(code: number, reason: string): void {
    this.#end = { closedAt: this.#ports.clock.now(), closed: { code, reason } };
  }

  frameReceived(): void {
    this.#sums.receivedFrames += 1;
  }

  frameSent(): void {
    this.#sums.sentFrames += 1;
  }

  audio(pcm: Pcm): void {
    const at = this.#ports.clock.now();
    this.#audioAt = { firstAudioAt: this.#audioAt.firstAudioAt ?? at, lastAudioAt: at };
    this.#sums.receivedAudioSeconds += pcm.samples.length / pcm.rate;
    this.#sums.audioFrames += 1;
    this.#recorder.add(pcm, at);
  }

  picture(width: number, height: number): void {
    const at = this.#ports.clock.now();
    this.#sums.pictures += 1;
    this.#rate.count(at);
    keep(this.#pictures, { at, width, height });
    this.#ports.log({ event: 'picture', width, height });
  }

  text(via: ReceivedText['via'], role: ReceivedText['role'], text: string): void {
    keep(this.#texts, { at: this.#ports.clock.now(), via, role, text: text.slice(0, MAX_TEXT) });
    this.#ports.log({ event: 'text', via, characters: text.length });
  }

  toolResponse({ id, name, response = {} }: FunctionResponse, taken: boolean): void {
    this.#sums.toolResponses += 1;
    const at = this.#ports.clock.now();
    keep(this.#toolResponses, { at, id: id ?? null, name: name ?? null, response, taken });
  }

  activity({ seconds, dbfs }: Activity, agoMs: number): void {
    const startedAt = Math.round(this.#ports.clock.now() - agoMs);
    keep(this.#activities, { startedAt, endedAt: startedAt + Math.round(seconds * 1000), seconds, dbfs });
    this.#sums.heardSpeechSeconds += seconds;
    this.#ports.log({ event: 'activity', startedAt, speechSeconds: seconds, dbfs });
  }

  turn({ text, ...turn }: Omit<ReportedTurn, 'at'>): void {
    this.#sums.turns += 1;
    this.#sums.interruptions += turn.interrupted ? 1 : 0;
    this.#sums.spokenSeconds += turn.spokenSeconds;
    keep(this.#turns, { at: this.#ports.clock.now(), text: text.slice(0, MAX_TEXT), ...turn });
    this.#ports.log({ event: 'turn', ...turn });
  }
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MAX_KEPT) list.shift();
}

/** A handle opens a conversation, so only enough of it to tell two apart is shown. */
function redacted(setup: Setup): unknown {
  const handle = setup.sessionResumption?.handle;
  if (!handle) return setup;
  return { ...setup, sessionResumption: { ...setup.sessionResumption, handle: `${handle.slice(0, 12)}…` } };
}
