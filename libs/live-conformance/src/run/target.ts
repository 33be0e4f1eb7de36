import type { GoogleGenAIOptions } from '@google/genai';
import type { LiveService } from '@studio/contracts';

/** How a connection is asked for, where it is not the usual way. */
export interface Access {
  readonly apiVersion?: string;
  /** A path in front of the service's own; only where something forwards it. */
  readonly prefix?: string;
  /** Another credential than the target's own; empty: none. */
  readonly credential?: string;
  /** Where the credential goes; by default where the SDK puts it. */
  readonly form?: CredentialForm;
  /** A path of one's own, for a raw connection. */
  readonly path?: string;
}

export type CredentialForm = 'key' | 'access_token' | 'x-goog-api-key' | 'bearer' | 'token' | 'project';

/** Properties of an emulator that a case needs; Google's service is as it is. Times are milliseconds. */
export interface EmulatorDemands {
  readonly speed?: number;
  readonly connectionAgeMs?: number;
  readonly goAwayNoticeMs?: number;
  /** Its frames are marked as text. */
  readonly textFrames?: boolean;
  /** How it refuses a credential: by an HTTP status, or by opening the connection and closing it with 1008. */
  readonly authRefusal?: 'close';
  readonly maxSessions?: number;
  readonly maxSetupsPerMinute?: number;
  /** What its model does in every turn, where its own wit does not reach so far. */
  readonly plays?: EmulatedTurn;
}

/** One turn of an emulated model. */
export interface EmulatedTurn {
  /** The words that are heard where somebody speaks. */
  readonly heard?: string;
  readonly call?: { readonly name: string; readonly args: Record<string, unknown> }[];
  readonly thenSay?: string;
  readonly say?: string;
}

/** A Live API service that cases run against. */
export interface Target {
  readonly kind: 'emulator' | 'google';
  readonly service: LiveService;
  /** How many times faster than real time its time runs. */
  readonly speed: number;
  /** For the SDK. */
  sdk(access: Access): GoogleGenAIOptions;
  /** For a bare WebSocket. */
  raw(access: Access): Promise<{ readonly url: string; readonly headers: Record<string, string> }>;
  /** A model's name as this service wants it in the first frame. */
  modelName(id: string): string;
}

/** Opens a target for one case. */
export interface TargetSource {
  readonly kind: Target['kind'];
  open(service: LiveService, demands: EmulatorDemands): Promise<OpenTarget>;
}

export interface OpenTarget {
  readonly target: Target;
  close(): Promise<void>;
}
