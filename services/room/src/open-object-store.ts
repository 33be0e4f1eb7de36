import { join } from 'node:path';
import { openCloudObjectStore, openDiskObjectStore } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import { openDataDirectory } from '@studio/platform';
import type { ProcessConfig } from './process-config.ts';

/** Cloud Storage when a bucket is configured, otherwise a directory that all replicas on this machine share. @throws ConfigError */
export async function openObjectStore(config: ProcessConfig): Promise<ObjectStore> {
  const { STORAGE_BUCKET, STORAGE_EMULATOR_HOST, DATA_DIR = '.data' } = config;
  if (STORAGE_BUCKET === undefined) {
    return openDiskObjectStore(join(await openDataDirectory('DATA_DIR', DATA_DIR), 'objects'));
  }
  return openCloudObjectStore({
    bucket: STORAGE_BUCKET,
    ...(STORAGE_EMULATOR_HOST === undefined ? {} : { apiEndpoint: STORAGE_EMULATOR_HOST }),
  });
}
