import type { Participant } from '@studio/contracts';
import type { PresentConnection } from '@studio/presence';
import { detailsOf } from './connection-details.ts';

/**
 * The people behind a room's connections (oldest first), in the order in which they came. A person is present when one of their
 * connections is, sends what their present connections send, and is called what their newest connection says.
 */
export function participantsOf(connections: readonly PresentConnection[]): Participant[] {
  return [...Map.groupBy(connections, ({ participantId }) => participantId)].map(([id, own]) => {
    const all = own.map((connection) => ({ ...connection, details: detailsOf(connection) }));
    const present = all.filter(({ state }) => state === 'present');
    const newest = all.reduce((a, b) => (b.source > a.source ? b : a)).details;
    const sends = (kind: keyof Participant['media']) => present.some(({ details }) => details.media[kind]);
    return {
      id,
      name: newest.name,
      kind: 'person',
      role: newest.role,
      state: present.length > 0 ? 'present' : 'away',
      media: { microphone: sends('microphone'), camera: sends('camera'), screen: sends('screen') },
      sources: all.map(({ source }) => source),
    };
  });
}
