export {
  CloudObjectStore,
  openCloudObjectStore,
  type CloudObjectStoreOptions,
} from './cloud/cloud-object-store.ts';
export { DiskObjectStore, openDiskObjectStore } from './disk/disk-object-store.ts';
export * from './object-store.ts';
