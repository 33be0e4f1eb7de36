import { newId } from '@studio/contracts';
import type { Participant } from '@studio/contracts';
import { expect, it } from 'vitest';
import { RelayedPeople } from './relayed-people.ts';

function person(name: string, state: Participant['state'] = 'present'): Participant {
  const media = { microphone: false, camera: false, screen: false };
  return { id: `${name}-id`, name, kind: 'person', role: 'member', state, media, sources: [1] };
}
const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
const knock = { id: newId(), name: 'Kim', at: 1 };

function told(...participants: Participant[]): RelayedPeople {
  const people = new RelayedPeople();
  people.begin({ participants, lobby: [] });
  people.asking();
  return people;
}

it('misses nothing when everything was told', () => {
  const people = told(ada);
  people.told({ type: 'participant', participant: bob });
  people.asking();
  expect(people.missing({ participants: [bob, ada], lobby: [] })).toEqual([]);
});

it('tells who came, who changed, who is gone and who knocks, once', () => {
  const people = told(ada, bob);
  const away = person('Ada', 'away');
  const truth = { participants: [away, eve], lobby: [knock] };
  expect(people.missing(truth)).toEqual([
    { type: 'participant', participant: away },
    { type: 'participant', participant: eve },
    { type: 'participant.gone', participantId: bob.id },
    { type: 'lobby', waiting: [knock] },
  ]);
  people.asking();
  expect(people.missing(truth)).toEqual([]);
});

it('leaves alone what was told since the truth was asked for, which may be newer', () => {
  const people = told(ada, bob);
  people.told({ type: 'participant.gone', participantId: bob.id });
  people.told({ type: 'participant', participant: eve });
  people.told({ type: 'lobby', waiting: [knock] });
  expect(people.missing({ participants: [ada, bob], lobby: [] })).toEqual([]);
  people.asking();
  expect(people.missing({ participants: [ada, bob], lobby: [] })).toEqual([
    { type: 'participant', participant: bob },
    { type: 'participant.gone', participantId: eve.id },
    { type: 'lobby', waiting: [] },
  ]);
});
