import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@studio/contracts';
import { openJetStreamEventLog } from '@studio/event-log';
import type { EventLog } from '@studio/event-log';
import { openDiskObjectStore } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { startNats } from '@studio/testing';
import { beforeAll, describe } from 'vitest';
import { itReadsLikeOneList } from './history.model.ts';

describe('a conversation on JetStream', () => {
  let engines: { log: EventLog; store: ObjectStore };
  beforeAll(async () => {
    const nats = await startNats();
    const directory = await mkdtemp(join(tmpdir(), 'room-history-'));
    engines = {
      log: await openJetStreamEventLog({ servers: nats.url, stream: `EVENTS-${newId()}` }),
      store: await openDiskObjectStore(directory),
    };
    return async () => {
      await engines.log.close();
      await Promise.all([nats.stop(), rm(directory, { recursive: true })]);
    };
  });
  itReadsLikeOneList(() => engines, 40);
});
