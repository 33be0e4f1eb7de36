import { newId } from '@studio/contracts';
import type { Role } from '@studio/contracts';
import type { PresentConnection } from '@studio/presence';
import { expect, it } from 'vitest';
import { participantsOf } from './participants.ts';

const roomId = newId();
const [ada, bob] = [newId(), newId()];
let sources = 0;

function connection(
  participantId: string,
  options: {
    state?: 'present' | 'away';
    name?: string;
    role?: Role;
    sends?: 'microphone' | 'camera' | 'screen';
  } = {},
): PresentConnection {
  const media = { microphone: false, camera: false, screen: false };
  if (options.sends !== undefined) media[options.sends] = true;
  return {
    roomId,
    connectionId: newId(),
    participantId,
    source: ++sources,
    state: options.state ?? 'present',
    details: { name: options.name ?? 'somebody', role: options.role ?? 'member', media },
  };
}

it('shows several connections of one person as one participant who sends what any of them sends', () => {
  const connections = [
    connection(ada, { sends: 'microphone' }),
    connection(bob),
    connection(ada, { sends: 'camera' }),
  ];
  const people = participantsOf(connections);
  expect(people.map(({ id }) => id)).toEqual([ada, bob]);
  expect(people[0]).toMatchObject({
    kind: 'person',
    state: 'present',
    media: { microphone: true, camera: true, screen: false },
    sources: [connections[0]!.source, connections[2]!.source],
  });
});

it('shows a person as present while one connection is, and takes no media from those that are away', () => {
  const people = participantsOf([
    connection(ada, { state: 'away', sends: 'screen' }),
    connection(ada, { sends: 'microphone' }),
  ]);
  expect(people).toMatchObject([
    { state: 'present', media: { microphone: true, camera: false, screen: false } },
  ]);
});

it('shows a person as away when every connection is', () => {
  expect(participantsOf([connection(ada, { state: 'away', sends: 'camera' })])).toMatchObject([
    { state: 'away', media: { microphone: false, camera: false, screen: false } },
  ]);
});

it('calls a person what the newest connection says, in whatever order connections are listed', () => {
  const old = connection(ada, { name: 'Ada', role: 'member' });
  const young = connection(ada, { name: 'Ada L.', role: 'owner' });
  expect(participantsOf([old, young])).toMatchObject([{ name: 'Ada L.', role: 'owner' }]);
  expect(participantsOf([young, old])).toMatchObject([{ name: 'Ada L.', role: 'owner' }]);
});
