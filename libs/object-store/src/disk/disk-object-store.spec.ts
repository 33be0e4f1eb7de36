import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeObjectStore } from '../object-store.contract.ts';
import { openDiskObjectStore } from './disk-object-store.ts';

describeObjectStore('A local directory', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'studio-object-store-'));
  return {
    open: () => openDiskObjectStore(directory),
    remove: () => rm(directory, { recursive: true }),
  };
});
