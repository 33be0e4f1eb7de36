import type { MessageBus } from '@studio/bus';
import type { EventLog } from '@studio/event-log';
import type { ObjectStore } from '@studio/object-store';
import type { Leases, Presence } from '@studio/presence';

/** What the service stands on; the process that starts it chooses the engines, and closes them afterwards. */
export interface RoomPorts {
  bus: MessageBus;
  presence: Presence;
  leases: Leases;
  eventLog: EventLog;
  objectStore: ObjectStore;
}

/** Injection tokens of the ports and of what else comes from outside. */
export const BUS = Symbol('bus');
export const PRESENCE = Symbol('presence');
export const LEASES = Symbol('leases');
export const EVENT_LOG = Symbol('event log');
export const OBJECT_STORE = Symbol('object store');
export const LOGGER = Symbol('logger');
export const CONFIG = Symbol('config');
export const CLOCK = Symbol('clock');

/** The time, in milliseconds since the epoch. */
export type Clock = () => number;
