import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileEventLog } from '@studio/event-log';
import type { EventLog } from '@studio/event-log';
import { openDiskObjectStore } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { beforeAll, describe } from 'vitest';
import { itReadsLikeOneList } from './history.model.ts';

describe('a conversation in files', () => {
  let engines: { log: EventLog; store: ObjectStore };
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'room-history-'));
    engines = {
      log: await openFileEventLog(join(directory, 'events')),
      store: await openDiskObjectStore(join(directory, 'objects')),
    };
    return async () => {
      await engines.log.close();
      await rm(directory, { recursive: true });
    };
  });
  itReadsLikeOneList(() => engines, 60);
});
