import { InProcessBus, RpcClient } from '@studio/bus';
import { LIMITS, newId } from '@studio/contracts';
import { createLogger } from '@studio/platform';
import { afterEach, expect, it, vi } from 'vitest';
import { TestStudio } from '../testing/studio.fixture.ts';
import { RoomHubs } from './room-hubs.ts';

const PULSE = { timeout: 2 * LIMITS.pulseMs };
const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

it('tells its connections of people and events of which the bus has lost the word', async () => {
  const studio = await TestStudio.start();
  closing.push(studio);
  const roomId = await studio.createRoom();
  const [ada, bob] = [await studio.signIn('Ada'), await studio.signIn('Bob')];
  const client = await studio.connectInto(ada, roomId);
  const conversation = studio.room.conversation(roomId);
  const [adas] = conversation.participants.values();
  if (adas === undefined) throw new Error('Ada is not in the room');
  conversation.participants.set(bob.user.id, { ...adas, ...bob.user, sources: [9] });
  conversation.events.push({
    ...{ seq: 2, at: Date.now(), key: newId(), actor: { ...bob.user, kind: 'person' } },
    body: { type: 'chat', text: 'is anybody there?' },
  });
  await vi.waitFor(
    () =>
      expect(client.messages).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            type: 'participant',
            participant: { ...adas, ...bob.user, sources: [9] },
          }),
          expect.objectContaining({ type: 'event', event: conversation.events[1] }),
        ]),
      ),
    PULSE,
  );
  conversation.participants.delete(bob.user.id);
  const gone = { type: 'participant.gone', participantId: bob.user.id };
  await vi.waitFor(() => expect(client.messages).toContainEqual(gone), PULSE);
  // Each was told once.
  expect(client.messages.filter(({ type }) => type === 'participant.gone')).toHaveLength(1);
});

it('is not waited for longer than a request when the bus is away, and leaves nothing behind then', async () => {
  const bus = new InProcessBus();
  closing.push(bus);
  const back = Promise.withResolvers<undefined>();
  let open = 0;
  const subscribe = bus.subscribe.bind(bus);
  vi.spyOn(bus, 'subscribe').mockImplementation(async (subject, handler) => {
    await back.promise;
    const subscription = await subscribe(subject, handler);
    open++;
    return {
      close: async () => {
        await subscription.close();
        open--;
      },
    };
  });
  const hubs = new RoomHubs(bus, new RpcClient(bus), createLogger('test', { level: 'silent' }));
  const roomId = newId();
  await expect(hubs.acquire(roomId)).rejects.toMatchObject({ code: 'unavailable' });
  back.resolve(undefined);
  const later = await hubs.acquire(roomId);
  // Those of the first try are gone.
  await vi.waitFor(() => expect(open).toBe(3));
  hubs.release(roomId, later);
  await vi.waitFor(() => expect(open).toBe(0));
});
