import { ManualClock } from '../clocks/manual-clock.ts';
import type { Entry } from '../mind/conversation.ts';
import type { MindSituation, TurnPlan } from '../mind/plan.ts';
import type { ServerMessage } from '../output/server-message.ts';
import { Quota } from '../session/quota.ts';
import { Resumption } from '../session/resumption.ts';
import { Session } from '../session/session.ts';
import type { SessionTimes } from '../session/session.ts';

type Plan = TurnPlan | ((entries: readonly Entry[], situation: MindSituation) => TurnPlan);

export interface BenchOptions {
  readonly setup?: object;
  readonly model?: string;
  readonly backend?: 'developer' | 'vertex';
  /** What the model does, turn by turn; the last one again and again. */
  readonly plans?: readonly Plan[];
  readonly times?: Partial<SessionTimes>;
  readonly marksFinished?: boolean;
  readonly clock?: ManualClock;
  readonly resumption?: Resumption;
}

const TIMES: SessionTimes = {
  setupDelayMs: 10,
  latencyMs: 100,
  connectionAgeMs: 10 * 60_000,
  goAwayNoticeMs: 50_000,
  sessionAgeMs: 15 * 60_000,
  videoSessionAgeMs: 2 * 60_000,
};

/** A session without a network, on a clock that stands still unless it is told to go on. */
export class SessionBench {
  readonly messages: ServerMessage[] = [];
  readonly clock: ManualClock;
  readonly resumption: Resumption;
  /** What the model was asked, the latest last. */
  readonly asked: { readonly entries: readonly Entry[]; readonly situation: MindSituation }[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly #session: Session;
  readonly #plans: Plan[];

  private constructor({
    backend = 'developer',
    plans = [{ say: 'Yes.' }],
    times,
    marksFinished = false,
    clock,
    resumption,
  }: BenchOptions) {
    this.clock = clock ?? new ManualClock(0);
    this.resumption = resumption ?? new Resumption(this.clock);
    this.#plans = [...plans];
    this.#session = new Session({
      endpoint: { backend, version: backend === 'vertex' ? 'v1beta1' : 'v1beta', constrained: false },
      clock: this.clock,
      times: { ...TIMES, ...times },
      mind: { plan: (entries, situation) => this.#plan(entries, situation) },
      resumption: this.resumption,
      quota: new Quota(this.clock, { maxSessions: Infinity, maxSetupsPerMinute: Infinity }),
      marksFinished,
      admit: (setup) => setup,
      send: (message) => this.messages.push(message),
      isOpen: () => this.closed === null,
      close: ({ code, message }, cause) => {
        if (cause !== undefined) throw new Error('the emulator failed', { cause });
        this.closed = { code, reason: message };
      },
      observe: () => ({
        audio: () => undefined,
        picture: () => undefined,
        text: () => undefined,
        toolResponse: () => undefined,
        activity: () => undefined,
        turn: () => undefined,
      }),
    });
  }

  /** A session that is set up. */
  static async open(options: BenchOptions = {}): Promise<SessionBench> {
    const bench = new SessionBench(options);
    const { backend = 'developer', model = 'gemini-3.8-live', setup = {} } = options;
    const name = `${backend === 'vertex' ? 'publishers/google/' : ''}models/${model}`;
    await bench.send({ setup: { model: name, ...setup } });
    await bench.pass(TIMES.setupDelayMs);
    return bench;
  }

  /** The kinds of the messages in order: the names of what is in them; a run of equal ones counts once. */
  get shape(): string[] {
    const kinds = this.messages.map(({ serverContent, ...others }) =>
      [...Object.keys(serverContent ?? {}), ...Object.keys(others)].join('+'),
    );
    return kinds.filter((kind, index) => kind !== kinds[index - 1]);
  }

  get calls() {
    return this.messages.flatMap(({ toolCall }) => toolCall?.functionCalls ?? []);
  }

  /** Everything that was said. */
  get text(): string {
    return this.messages.map(({ serverContent }) => serverContent?.outputTranscription?.text ?? '').join('');
  }

  /** The states of resumption that were told: a handle, or null while there is none to be had. */
  get handles(): (string | null)[] {
    return this.messages.flatMap(({ sessionResumptionUpdate: update }) =>
      update ? [update.resumable ? update.newHandle : null] : [],
    );
  }

  async send(frame: object): Promise<this> {
    this.#session.receive(JSON.stringify(frame));
    await this.pass(0);
    return this;
  }

  ask(text: string): Promise<this> {
    return this.send({ clientContent: { turns: [{ role: 'user', parts: [{ text }] }], turnComplete: true } });
  }

  answer(...functionResponses: object[]): Promise<this> {
    return this.send({ toolResponse: { functionResponses } });
  }

  async pass(ms: number): Promise<this> {
    await this.clock.advance(ms);
    return this;
  }

  /** Forgets the messages so far. */
  clear(): this {
    this.messages.splice(0);
    return this;
  }

  /** The connection is gone. */
  end(): void {
    this.closed ??= { code: 1005, reason: '' };
    this.#session.end();
  }

  #plan(entries: readonly Entry[], situation: MindSituation): TurnPlan {
    this.asked.push({ entries, situation });
    const plan = this.#plans.length > 1 ? this.#plans.shift() : this.#plans[0];
    return typeof plan === 'function' ? plan(entries, situation) : (plan ?? { say: null });
  }
}
