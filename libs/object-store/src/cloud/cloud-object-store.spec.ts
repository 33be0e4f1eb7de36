import { randomUUID } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import { startObjectStoreServer } from '@studio/testing';
import { describeObjectStore } from '../object-store.contract.ts';
import { openCloudObjectStore } from './cloud-object-store.ts';

describeObjectStore('Cloud Storage', async () => {
  const server = await startObjectStoreServer();
  const bucket = `studio-${randomUUID()}`;
  await new Storage({ apiEndpoint: server.url, projectId: 'test' }).createBucket(bucket);
  return {
    open: () => openCloudObjectStore({ bucket, apiEndpoint: server.url, projectId: 'test' }),
    remove: () => server.stop(),
  };
});
