import type { MessageBus } from '@studio/bus';
import type { Clock } from './clock.ts';
import type { Leases, Presence } from '@studio/presence';

/** What the service stands on; the process that starts it chooses the engines, and closes them afterwards. */
export interface GeminiSessionPorts {
  bus: MessageBus;
  presence: Presence;
  leases: Leases;
  /** The time of the Live sessions; default: the machine's. */
  clock?: Clock;
}

/** Injection tokens of the ports and of what else comes from outside. */
export const PORTS = Symbol('ports');
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const TOOLS = Symbol('tools');
export const METRICS = Symbol('metrics');
