/** What a Live session is doing. */
export type SessionPhase =
  | 'idle'
  /** Its first connection is being made. */
  | 'connecting'
  /** The service has accepted it, and is told what it must know first. */
  | 'seeding'
  | 'ready'
  /** One connection is being replaced by the next on purpose. */
  | 'rotating'
  /** The connection was lost, and the next one is being made at once. */
  | 'recovering'
  /** Connecting has failed, and is tried again after a while. */
  | 'backing-off'
  /** Connecting fails for long, or was refused: people are told why. It is tried again now and then. */
  | 'unavailable'
  | 'stopped';

export interface SessionState {
  readonly phase: SessionPhase;
  /** It has been ready before. */
  readonly served: boolean;
  /** In plain words, why it is unavailable; null in every other phase. */
  readonly reason: string | null;
}

export type SessionEvent =
  | { readonly type: 'start' | 'connected' | 'seeded' | 'rotate' | 'lost' | 'retry' | 'stop' }
  /** `lasting`: it will not be over with the next try. */
  | { readonly type: 'failed'; readonly lasting: boolean; readonly reason: string };

export const IDLE_SESSION: SessionState = { phase: 'idle', served: false, reason: null };

type Table = Readonly<Record<SessionPhase, Partial<Record<SessionEvent['type'], SessionPhase>>>>;

/** Where an event leads; `failed` and `retry` depend on more than the phase, and stand here with their usual outcome. */
const NEXT: Table = {
  idle: { start: 'connecting', stop: 'stopped' },
  connecting: { connected: 'seeding', failed: 'backing-off', stop: 'stopped' },
  seeding: { seeded: 'ready', lost: 'recovering', stop: 'stopped' },
  ready: { rotate: 'rotating', lost: 'recovering', stop: 'stopped' },
  rotating: { connected: 'seeding', failed: 'backing-off', stop: 'stopped' },
  recovering: { connected: 'seeding', failed: 'backing-off', stop: 'stopped' },
  'backing-off': { retry: 'recovering', stop: 'stopped' },
  unavailable: { retry: 'unavailable', connected: 'seeding', failed: 'unavailable', stop: 'stopped' },
  stopped: {},
};

/** What follows. @throws Error when this cannot happen in this state */
export function nextState(state: SessionState, event: SessionEvent): SessionState {
  const usual = NEXT[state.phase][event.type];
  if (usual === undefined) throw new Error(`a Live session that is ${state.phase} cannot take ${event.type}`);
  const phase = exact(state, event, usual);
  const reason = event.type === 'failed' ? event.reason : state.reason;
  return {
    phase,
    served: state.served || phase === 'ready',
    reason: phase === 'unavailable' ? reason : null,
  };
}

function exact({ served }: SessionState, event: SessionEvent, usual: SessionPhase): SessionPhase {
  if (event.type === 'failed' && event.lasting) return 'unavailable';
  return usual === 'recovering' && !served ? 'connecting' : usual;
}

/** The state of the connection as people may be told it; what goes on in the conversation is another matter. */
export type LinkState = 'idle' | 'connecting' | 'ready' | 'reconnecting' | 'unavailable';

/** Undefined: as before. */
export function linkOf({ phase, served }: SessionState): LinkState | undefined {
  switch (phase) {
    case 'idle':
    case 'stopped':
      return 'idle';
    case 'seeding':
      return undefined;
    case 'connecting':
    case 'ready':
    case 'unavailable':
      return phase;
    case 'rotating':
    case 'recovering':
      return 'reconnecting';
    case 'backing-off':
      return served ? 'reconnecting' : 'connecting';
  }
}
