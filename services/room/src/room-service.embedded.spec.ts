import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBus } from '@studio/bus';
import { openFileEventLog } from '@studio/event-log';
import { openDiskObjectStore } from '@studio/object-store';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { describeRoomService } from './room-service.contract.ts';
import { filesBelow } from './testing/files-below.fixture.ts';

describeRoomService('embedded engines', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'room-service-'));
  const eventLog = await openFileEventLog(join(directory, 'events'));
  const objectStore = await openDiskObjectStore(join(directory, 'objects'), { keepRemovedMs: 200 });
  const ports = {
    ...{ bus: new InProcessBus(), presence: new InProcessPresence(), leases: new InProcessLeases() },
    ...{ eventLog, objectStore },
  };
  return {
    replicas: [ports, ports],
    everything: () => filesBelow(directory),
    close: async () => {
      await ports.bus.close();
      await eventLog.close();
      await objectStore.close();
      await rm(directory, { recursive: true });
    },
  };
});
