import type { Clock } from '../clock.ts';
import type { Backend } from '../models/backend.ts';
import type { Setup } from '../session/setup.ts';
import { ConnectionRecord } from './connection-record.ts';
import type { Recording } from './recording.ts';
import type { EmulatorEvent, SessionReport } from './report.ts';

/** The latest connections that are kept of a session. */
const MAX_CONNECTIONS = 100;

export interface RecordPorts {
  readonly clock: Clock;
  readonly emit: (event: EmulatorEvent) => void;
  readonly keepAudioSeconds: number;
}

type Sums = ConnectionRecord['sums'];

/** Keeps account of one logical session. */
export class SessionRecord {
  readonly #ports: RecordPorts;
  readonly #identity: Pick<SessionReport, 'sessionId' | 'backend' | 'model' | 'startedAt'>;
  #connections: ConnectionRecord[] = [];
  #count = 0;

  constructor(sessionId: string, backend: Backend, model: string, ports: RecordPorts) {
    this.#ports = ports;
    this.#identity = { sessionId, backend, model, startedAt: ports.clock.now() };
  }

  get report(): SessionReport {
    const connections = this.#connections.map(({ report }) => report);
    const sums = this.#connections.map((connection) => connection.sums);
    const sumOf = (name: keyof Sums) => sums.reduce((sum, each) => sum + each[name], 0);
    return {
      ...this.#identity,
      connections,
      openConnections: this.#connections.filter(({ isOpen }) => isOpen).length,
      setups: connections.map(({ setup }) => setup),
      receivedAudioSeconds: sumOf('receivedAudioSeconds'),
      heardSpeechSeconds: sumOf('heardSpeechSeconds'),
      activities: connections.flatMap(({ activities }) => activities),
      pictures: sumOf('pictures'),
      picturesOverRate: sumOf('picturesOverRate'),
      texts: connections.flatMap(({ texts }) => texts),
      toolResponses: sumOf('toolResponses'),
      turns: sumOf('turns'),
      interruptions: sumOf('interruptions'),
      spokenSeconds: sumOf('spokenSeconds'),
      receivedFrames: sumOf('receivedFrames'),
      sentFrames: sumOf('sentFrames'),
    };
  }

  get recordings(): Recording[] {
    return this.#connections.map(({ frames }, connection) => ({ connection, frames }));
  }

  connected(setup: Setup): ConnectionRecord {
    const { clock, emit, keepAudioSeconds } = this.#ports;
    const { sessionId, backend, model } = this.#identity;
    const now = () => Math.round(clock.now());
    const record = new ConnectionRecord(setup, {
      clock,
      keepAudioSeconds,
      log: (event) => emit({ at: now(), sessionId, ...event }),
    });
    this.#connections = [...this.#connections, record].slice(-MAX_CONNECTIONS);
    this.#count += 1;
    emit({ at: now(), event: 'setup', sessionId, backend, model, connection: this.#count });
    return record;
  }
}
