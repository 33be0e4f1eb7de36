import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import { LateTranscripts } from '../faults/late-transcripts.ts';
import { TurnWatch } from '../faults/turn-watch.ts';
import type { Victim } from '../faults/victim.ts';
import type { FrameLog } from '../inspection/frame-log.ts';
import type { Journal } from '../inspection/journal.ts';
import type { ConnectionRecord } from '../inspection/connection-record.ts';
import type { Entry } from '../mind/conversation.ts';
import type { MindSituation, TurnPlan } from '../mind/plan.ts';
import type { ServerMessage } from '../output/server-message.ts';
import { ServerMessages } from '../output/server-message.ts';
import type { Stage } from '../scenario/stage.ts';
import { deadlineExpired, tokenExpired } from '../session/refusal.ts';
import type { Refusal } from '../session/refusal.ts';
import type { Quota } from '../session/quota.ts';
import type { Resumption } from '../session/resumption.ts';
import { Session } from '../session/session.ts';
import type { Setup } from '../session/setup.ts';
import type { AuthToken } from '../tokens/auth-tokens.ts';
import type { Endpoint } from './endpoint.ts';
import { encodeServerMessage } from './wire-format.ts';
import type { WireManners } from './wire.ts';
import { Wire } from './wire.ts';

export interface ConnectionPorts {
  readonly clock: Clock;
  readonly stage: Stage;
  readonly resumption: Resumption;
  readonly quota: Quota;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly frames: FrameLog;
  readonly manners: Manners;
}

/** How the service speaks. */
export interface Manners extends WireManners {
  /** The end of each transcription is marked with `finished`. */
  readonly marksFinished: boolean;
}

/** Where a connection leads, and the ephemeral token that opened it, if it was one. */
export interface Admitted {
  readonly endpoint: Endpoint;
  readonly token: AuthToken | null;
}

/** Joins a WebSocket to a session. */
export class Connection implements Victim {
  readonly #wire: Wire;
  readonly #endpoint: Endpoint;
  readonly #token: AuthToken | null;
  readonly #ports: ConnectionPorts;
  readonly #session: Session;
  readonly #watch = new TurnWatch();
  readonly #transcripts: LateTranscripts;
  #record: ConnectionRecord | null = null;
  #sessionId: string | null = null;
  #resumed = false;
  #failure: string | undefined;

  constructor(socket: WebSocket, tcp: Socket, { endpoint, token }: Admitted, ports: ConnectionPorts) {
    const { clock, stage, resumption, quota, faults } = ports;
    this.#wire = new Wire(socket, tcp, ports.manners, clock);
    this.#endpoint = endpoint;
    this.#token = token;
    this.#ports = ports;
    this.#transcripts = new LateTranscripts(() => faults.strikes('transcripts', this));
    this.#session = new Session({
      endpoint,
      clock,
      times: stage.times,
      mind: { plan: (entries, situation) => this.#plan(entries, situation) },
      resumption,
      quota,
      marksFinished: ports.manners.marksFinished,
      admit: (setup) => this.#admit(setup),
      send: (message) => this.#deliver(message),
      // A connection that is frozen holds its session no more: what its client does about it is not even read.
      isOpen: () => this.#wire.isOpen && !this.#wire.isDeaf,
      close: ({ code, message }, cause) => {
        if (cause !== undefined)
          this.#failure = cause instanceof Error ? (cause.stack ?? cause.message) : 'not an Error';
        this.#wire.close(code, message);
      },
      observe: (id, modelId, setup) => this.#open(id, modelId, setup),
    });
    const unwatch = faults.watch(this);
    const letLive = token && clock.after(token.expiresAt - clock.now(), () => this.refuse(tokenExpired()));
    socket.on('message', (data) => {
      const frame = textOf(data);
      this.#record?.frameReceived();
      this.#session.receive(frame);
      if (this.#sessionId !== null) ports.frames.add(this.#sessionId, frame);
    });
    // ws reports a broken or oversized frame here and then closes the connection by itself.
    socket.on('error', (error) => {
      this.#failure = error.message;
    });
    socket.on('close', (code, reason) => {
      unwatch();
      letLive?.();
      this.#session.end();
      this.#record?.disconnected(code, reason.toString('utf8'));
      ports.journal.closed(this.#sessionId, code, reason.toString('utf8'), this.#failure);
    });
  }

  get sessionId(): string | null {
    return this.#sessionId;
  }

  drop(): void {
    this.#session.end();
    this.#wire.drop();
  }

  hold(faultId: string, deaf: boolean): void {
    this.#wire.hold(faultId, deaf);
  }

  lift(faultId: string): void {
    this.#wire.lift(faultId);
  }

  sendRaw(frame: string): void {
    this.#wire.send(Buffer.from(frame, 'utf8'), 0, () => undefined);
  }

  goAway(timeLeftMs: number): void {
    const { clock } = this.#ports;
    if (this.#record) this.#send(new ServerMessages(this.#endpoint.backend).goAway(timeLeftMs));
    clock.after(timeLeftMs, () => this.refuse(deadlineExpired()));
  }

  completeTurn(): void {
    this.#session.completeTurn();
  }

  close(code: number, reason: string): void {
    this.#session.end();
    this.#wire.close(code, reason);
  }

  refuse({ code, message }: Refusal): void {
    this.close(code, message);
  }

  #admit(asked: Setup): Setup {
    const setup = this.#token?.admit(asked) ?? asked;
    const apiVersion = this.#endpoint.version;
    const resumes = Boolean(setup.sessionResumption?.handle);
    const refusal = this.#ports.faults.admission({ model: setup.model, apiVersion, resumes });
    if (refusal) throw refusal;
    return setup;
  }

  #plan(entries: readonly Entry[], situation: MindSituation): TurnPlan {
    const { faults, stage } = this.#ports;
    const plan = stage.script.plan(this.#sessionId ?? '', entries, situation);
    return faults.strikes('plan', this) ? { say: null } : plan;
  }

  #open(sessionId: string, modelId: string, setup: Setup): ConnectionRecord {
    this.#sessionId = sessionId;
    this.#resumed = Boolean(setup.sessionResumption?.handle);
    this.#record = this.#ports.journal.open(sessionId, this.#endpoint.backend, modelId, setup);
    this.#ports.stage.script.connected(sessionId);
    this.#ports.faults.occurred('setup', this);
    return this.#record;
  }

  /** Sends a message, or what a fault makes of it. */
  #deliver(message: ServerMessage): void {
    for (const each of this.#transcripts.reorder(message)) {
      this.#send(each);
      if (each.toolCall && this.#ports.faults.strikes('tool-calls', this)) this.#send(each);
    }
  }

  #send(message: ServerMessage): void {
    const { faults } = this.#ports;
    this.#wire.send(encodeServerMessage(message), faults.delayFor(this), () => {
      this.#record?.frameSent();
      for (const moment of this.#watch.after(message, this.#resumed)) faults.occurred(moment, this);
    });
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
