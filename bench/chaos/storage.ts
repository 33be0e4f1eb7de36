import { join } from 'node:path';
import { openCloudObjectStore, openDiskObjectStore } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { startObjectStoreServer } from '@studio/testing';
import { Link } from './link.ts';

const BUCKET = 'studio-chaos';

/** Where the studio keeps its objects: what its services are told, and the way to look at it past all faults. */
export interface Storage {
  readonly env: NodeJS.ProcessEnv;
  open(): Promise<ObjectStore>;
  close(): Promise<void>;
  /** The services' way to it. @throws when it is this machine's disk */
  readonly link: Link;
}

export function diskStorage(dataDirectory: string): Storage {
  return {
    env: {},
    open: () => openDiskObjectStore(join(dataDirectory, 'objects')),
    close: () => Promise.resolve(),
    get link(): Link {
      throw new Error('the disk of this machine cannot be cut off');
    },
  };
}

/** An emulator of Cloud Storage behind a link. */
export async function cloudStorage(linkPort: number): Promise<Storage> {
  const server = await startObjectStoreServer();
  const created = await fetch(`${server.url}/storage/v1/b?project=chaos`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: BUCKET }),
  });
  if (!created.ok) throw new Error(`no bucket could be made: ${created.status}`);
  const link = await Link.open(linkPort, Number(new URL(server.url).port));
  return {
    env: { STORAGE_BUCKET: BUCKET, STORAGE_EMULATOR_HOST: `http://127.0.0.1:${linkPort}` },
    open: () => Promise.resolve(openCloudObjectStore({ bucket: BUCKET, apiEndpoint: server.url })),
    link,
    close: async () => {
      link.close();
      await server.stop();
    },
  };
}
