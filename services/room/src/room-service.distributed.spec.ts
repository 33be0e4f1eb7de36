import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectNatsBus } from '@studio/bus';
import { newId } from '@studio/contracts';
import { openJetStreamEventLog } from '@studio/event-log';
import { openDiskObjectStore } from '@studio/object-store';
import { connectRedisLeases, connectRedisPresence } from '@studio/presence';
import { redisKeys, startNats, startRedis } from '@studio/testing';
import type { RoomPorts } from './ports.ts';
import { describeRoomService } from './room-service.contract.ts';
import { filesBelow } from './testing/files-below.fixture.ts';

describeRoomService('NATS, JetStream and Redis', async () => {
  const [nats, redis] = await Promise.all([startNats(), startRedis()]);
  const directory = await mkdtemp(join(tmpdir(), 'room-service-'));
  const objectStore = await openDiskObjectStore(join(directory, 'objects'), { keepRemovedMs: 200 });
  const id = newId();
  // Each with connections of its own, as in two processes.
  const connect = async (name: string): Promise<RoomPorts> => {
    const onRedis = { url: redis.url, name, prefix: `test-${id}:` };
    const [bus, eventLog, presence, leases] = await Promise.all([
      connectNatsBus({ servers: nats.url, name }),
      openJetStreamEventLog({ servers: nats.url, stream: `EVENTS-${id}` }),
      connectRedisPresence(onRedis),
      connectRedisLeases(onRedis),
    ]);
    return { bus, eventLog, presence, leases, objectStore };
  };
  const replicas: [RoomPorts, RoomPorts] = [await connect('room-1'), await connect('room-2')];
  return {
    replicas,
    everything: async () => [...(await redisKeys(redis.url)), ...(await filesBelow(directory))],
    close: async () => {
      for (const { bus, eventLog, presence, leases } of replicas)
        await Promise.all([bus.close(), eventLog.close(), presence.close(), leases.close()]);
      await objectStore.close();
      await Promise.all([nats.stop(), redis.stop(), rm(directory, { recursive: true })]);
    },
  };
});
