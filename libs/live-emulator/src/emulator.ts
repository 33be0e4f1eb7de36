import type { Clock } from './clock.ts';
import { endingClock } from './clocks/ending-clock.ts';
import { scaledClock } from './clocks/scaled-clock.ts';
import type { FaultInput } from './faults/fault.ts';
import { Faults } from './faults/faults.ts';
import { Journal } from './inspection/journal.ts';
import type { Recording } from './inspection/recording.ts';
import type { EmulatorEvent, SessionReport } from './inspection/report.ts';
import { ATTENTIVE_MIND } from './mind/plan.ts';
import type { Mind } from './mind/plan.ts';
import type { ScenarioInput } from './scenario/scenario.ts';
import { Stage } from './scenario/stage.ts';
import { Quota } from './session/quota.ts';
import type { QuotaLimits } from './session/quota.ts';
import { Resumption } from './session/resumption.ts';
import type { SessionTimes } from './session/session.ts';
import { serve } from './transport/server.ts';

export interface LiveEmulatorOptions extends Partial<SessionTimes>, Partial<QuotaLimits> {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** The one credential that is accepted; without it any is, but there must be one. */
  apiKey?: string;
  /** How many times faster than real time its time runs; default 1. */
  speed?: number;
  /** A time of its own, instead of `speed`. */
  clock?: Clock;
  /** What it answers; by default it answers from what it was told, heard and saw. */
  mind?: Mind;
  /** What the model does, turn by turn, and what goes wrong. */
  scenario?: ScenarioInput;
  /** Of what each session hears, so much is kept of each of its connections, in seconds of sound; default 0. */
  keepAudioSeconds?: number;
  /** What makes the jitter of faults the same each time, an integer; default 1. */
  seed?: number;
  /** What goes wrong from the start on. */
  faults?: readonly FaultInput[];
  /** Told of everything worth a line in a log. */
  onEvent?: (event: EmulatorEvent) => void;
}

export interface LiveEmulator {
  /** The base URL for a client: `httpOptions.baseUrl` of `@google/genai`. */
  readonly url: string;
  readonly port: number;
  /** What each session was sent and did so far, the oldest first. */
  sessions(): SessionReport[];
  /** The sound that a session heard, one recording for each of its connections; empty without `keepAudioSeconds`. */
  recordings(sessionId: string): Recording[];
  /** What is made to go wrong. */
  readonly faults: Faults;
  /**
   * Plays a scenario from its beginning, in the place of the one before.
   * @throws ZodError when it is none
   */
  load(scenario: ScenarioInput): void;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** The service's documented times, and a latency like its own. */
const TIMES: SessionTimes = {
  setupDelayMs: 50,
  latencyMs: 300,
  connectionAgeMs: 10 * 60 * 1000,
  goAwayNoticeMs: 50_000,
  sessionAgeMs: 15 * 60 * 1000,
  videoSessionAgeMs: 2 * 60 * 1000,
};

/**
 * Starts a Gemini Live API server.
 * @throws RangeError on a speed that is no positive number; the system's error when it cannot listen.
 */
export async function startLiveEmulator(options: LiveEmulatorOptions = {}): Promise<LiveEmulator> {
  const { host = '127.0.0.1', port = 0, apiKey, speed = 1, onEvent = () => undefined } = options;
  if (!Number.isFinite(speed) || speed <= 0) throw new RangeError('speed must be a number above 0');
  const { clock, end } = endingClock(options.clock ?? scaledClock(speed));
  const journal = new Journal(clock, onEvent, options.keepAudioSeconds ?? 0);
  const faults = new Faults(clock, options.seed ?? 1);
  const times: SessionTimes = {
    setupDelayMs: options.setupDelayMs ?? TIMES.setupDelayMs,
    latencyMs: options.latencyMs ?? TIMES.latencyMs,
    connectionAgeMs: options.connectionAgeMs ?? TIMES.connectionAgeMs,
    goAwayNoticeMs: options.goAwayNoticeMs ?? TIMES.goAwayNoticeMs,
    sessionAgeMs: options.sessionAgeMs ?? TIMES.sessionAgeMs,
    videoSessionAgeMs: options.videoSessionAgeMs ?? TIMES.videoSessionAgeMs,
  };
  const stage = new Stage(times, { clock, faults, mind: options.mind ?? ATTENTIVE_MIND });
  if (options.scenario) stage.load(options.scenario);
  for (const fault of options.faults ?? []) faults.inject(fault);
  const server = await serve(
    { host, port, apiKey },
    {
      clock,
      journal,
      stage,
      faults,
      resumption: new Resumption(clock),
      quota: new Quota(clock, {
        maxSessions: options.maxSessions ?? Infinity,
        maxSetupsPerMinute: options.maxSetupsPerMinute ?? Infinity,
      }),
    },
  );
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${server.port}`,
    port: server.port,
    sessions: () => journal.sessions,
    recordings: (sessionId) => journal.recordings(sessionId),
    faults,
    load: (scenario) => stage.load(scenario),
    close: () => {
      end();
      return server.close();
    },
  };
}
