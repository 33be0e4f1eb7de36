export { MAX_ENTRY_BYTES } from './entry-limits.ts';
export * from './event-feed.ts';
export * from './event-log.ts';
export { EventLogDirectoryError } from './file/directory-lock.ts';
export { FileEventLog, openFileEventLog, type FileEventLogOptions } from './file/file-event-log.ts';
export * from './keyed-appender.ts';
export { JetStreamEventLog } from './jetstream/jetstream-event-log.ts';
export {
  openJetStreamEventLog,
  type JetStreamEventLogOptions,
} from './jetstream/open-jetstream-event-log.ts';
