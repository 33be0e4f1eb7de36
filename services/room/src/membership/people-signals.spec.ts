import { decodeJson, InProcessBus } from '@studio/bus';
import { newId, Signal, SUBJECT } from '@studio/contracts';
import { InProcessPresence } from '@studio/presence';
import type { PresentConnection } from '@studio/presence';
import { expect, it, vi } from 'vitest';
import { PeopleSignals } from './people-signals.ts';

/** What it answers may be old when it arrives, as it may be in another process. */
class HeldUpPresence extends InProcessPresence {
  /** The next list waits for it, after it has been taken. */
  holdUp: Promise<void> = Promise.resolve();

  override async list(roomId: string): Promise<PresentConnection[]> {
    const list = await super.list(roomId);
    const { holdUp } = this;
    this.holdUp = Promise.resolve();
    await holdUp;
    return list;
  }
}

const [roomId, bob] = [newId(), newId()];
const details = { name: 'Bob', role: 'member', media: { microphone: false, camera: false, screen: false } };

async function setUp() {
  const bus = new InProcessBus();
  const presence = new HeldUpPresence();
  const published: Signal[] = [];
  await bus.subscribe(SUBJECT.signal(roomId), ({ data }) => {
    published.push(Signal.parse(decodeJson(data)));
  });
  const join = () => presence.join({ roomId, connectionId: newId(), participantId: bob, details }, 10_000);
  return {
    presence,
    published,
    join,
    here: new PeopleSignals(bus, presence),
    there: new PeopleSignals(bus, presence),
  };
}

it('has the truth for its last word when a slower process publishes what has changed since', async () => {
  const { presence, published, join, here, there } = await setUp();
  await join();
  const held = Promise.withResolvers<undefined>();
  presence.holdUp = held.promise;
  const slow = here.publish(roomId, [bob]);
  await join();
  await there.publish(roomId, [bob]);
  held.resolve(undefined);
  const everybody = await slow;
  expect(everybody).toMatchObject([{ sources: [1, 2] }]);
  await vi.waitFor(() =>
    expect(published).toMatchObject([
      ...[{ participant: { sources: [1, 2] } }, { participant: { sources: [1] } }],
      { participant: { sources: [1, 2] } },
    ]),
  );
});

it('says that somebody is gone, and takes it back when they have come again meanwhile', async () => {
  const { presence, published, join, here } = await setUp();
  const held = Promise.withResolvers<undefined>();
  presence.holdUp = held.promise;
  const slow = here.publish(roomId, [bob]);
  await join();
  held.resolve(undefined);
  await slow;
  await vi.waitFor(() =>
    expect(published).toMatchObject([
      { type: 'participant.gone', participantId: bob },
      { type: 'participant', participant: { id: bob, state: 'present' } },
    ]),
  );
});
