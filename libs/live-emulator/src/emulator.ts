import { adminApi } from './admin/admin-api.ts';
import { startAdmin } from './admin/start-admin.ts';
import type { Clock } from './clock.ts';
import { endingClock } from './clocks/ending-clock.ts';
import { scaledClock } from './clocks/scaled-clock.ts';
import type { FaultInput } from './faults/fault.ts';
import { Faults } from './faults/faults.ts';
import type { FaultControl } from './faults/faults.ts';
import { FrameLog } from './inspection/frame-log.ts';
import type { ReceivedFrame } from './inspection/frame-log.ts';
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
import { AuthTokens } from './tokens/auth-tokens.ts';
import { tokenApi } from './tokens/token-api.ts';
import type { Listener } from './transport/listener.ts';
import { serve } from './transport/server.ts';
import type { AuthRefusal } from './transport/server.ts';

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
  /** How a wrong credential is refused: by the HTTP status of the upgrade, or opened and closed with 1008; default 401. */
  authRefusal?: AuthRefusal;
  /** Its frames are marked as text, in the place of binary. */
  textFrames?: boolean;
  /** The end of each transcription is marked with `finished`, which the service's types have and the service sends no more. */
  marksFinished?: boolean;
  /** A client may have its frames compressed (permessage-deflate). */
  compression?: boolean;
  /** How often it sends a ping, in emulated milliseconds; never by default. */
  pingIntervalMs?: number;
  /** A port of its own for the admin API, so that an outage leaves it; 0: any free one. */
  adminPort?: number;
  /** Told of everything worth a line in a log. */
  onEvent?: (event: EmulatorEvent) => void;
}

export interface LiveEmulator {
  /** The base URL for a client: `httpOptions.baseUrl` of `@google/genai`. */
  readonly url: string;
  readonly port: number;
  /** Where the admin API is: the same, unless it has a port of its own. */
  readonly adminUrl: string;
  /** What each session was sent and did so far, the oldest first. */
  sessions(): SessionReport[];
  /** The sound that a session heard, one recording for each of its connections; empty without `keepAudioSeconds`. */
  recordings(sessionId: string): Recording[];
  /** The latest frames that a session was sent, without payloads. */
  frames(sessionId: string): ReceivedFrame[];
  /** What is made to go wrong. */
  readonly faults: FaultControl;
  /**
   * Plays a scenario from its beginning, in the place of the one before.
   * @throws ZodError when it is none
   */
  load(scenario: ScenarioInput): void;
  /** Ends every connection, and forgets sessions, handles, tokens, faults and the scenario. */
  reset(): void;
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
  const resumption = new Resumption(clock);
  const quota = new Quota(clock, {
    maxSessions: options.maxSessions ?? Infinity,
    maxSetupsPerMinute: options.maxSetupsPerMinute ?? Infinity,
  });
  const tokens = new AuthTokens(clock);
  const frames = new FrameLog(clock);
  const manners = {
    textFrames: options.textFrames ?? false,
    marksFinished: options.marksFinished ?? false,
    pingIntervalMs: options.pingIntervalMs ?? null,
  };
  const reset = () => {
    stage.load({});
    server.cut();
    journal.clear();
    frames.clear();
    resumption.clear();
    tokens.clear();
    quota.clear();
  };
  const admin = adminApi(
    {
      clock: options.clock ?? clock,
      faults,
      outlivesOutage: options.adminPort !== undefined,
      sessions: () => journal.sessions,
      frames: (sessionId) => frames.of(sessionId),
      recordings: (sessionId) => journal.recordings(sessionId),
      load: (scenario) => stage.load(scenario),
      reset,
    },
    apiKey,
  );
  const adminServer =
    options.adminPort === undefined
      ? null
      : await startAdmin({ host, port: options.adminPort }, admin, (error) => journal.failed(error));
  const server = await serve(
    {
      host,
      port,
      apiKey,
      tokens,
      authRefusal: options.authRefusal ?? 401,
      compression: options.compression ?? false,
    },
    [tokenApi(tokens, apiKey, clock), ...(options.adminPort === undefined ? [admin] : [])],
    { clock, journal, stage, faults, resumption, quota, frames, manners },
  ).catch(async (error: unknown) => {
    await adminServer?.close();
    throw error;
  });
  const urlOf = (listener: Listener) => `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
  return {
    url: urlOf(server),
    port: server.port,
    adminUrl: urlOf(adminServer ?? server),
    sessions: () => journal.sessions,
    recordings: (sessionId) => journal.recordings(sessionId),
    frames: (sessionId) => frames.of(sessionId),
    faults,
    load: (scenario) => stage.load(scenario),
    reset,
    close: async () => {
      end();
      await Promise.all([server.close(), adminServer?.close()]);
    },
  };
}
