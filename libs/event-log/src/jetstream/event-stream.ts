import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { whyNoReplicas } from './replicas.ts';

/** JetStream's error code when a stream with this name and another configuration is there. */
const STREAM_NAME_IN_USE = 10058;

/**
 * JetStream's error code for an append behind an entry that is not the last one. The second is that of newer servers in a cluster while
 * another entry is on its way to the replicas, before it shows.
 */
const WRONG_LAST_SEQUENCE = [
  JetStreamApiCodes.StreamWrongLastSequence,
  JetStreamApiCodes.StreamWrongLastSequenceUnknown,
];

/** The subject of one log. Each stream has its own subjects, so that several can live on one server. */
export function subjectOf(stream: string, log: string): string {
  return `log.${stream}.${log}`;
}

/**
 * Creates the stream if it is missing. One that is there is left as it is, and must be able to keep logs.
 * @throws Error when it drops or refuses what the logs need; and what JetStream answers
 */
export async function ensureStream(
  manager: JetStreamManager,
  name: string,
  { replicas, serverVersion }: { replicas: number; serverVersion: string },
): Promise<void> {
  const wanted = {
    name,
    subjects: [subjectOf(name, '*')],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    // Should somebody set a limit: new entries are refused, old ones never dropped.
    discard: DiscardPolicy.New,
    num_replicas: replicas,
    allow_direct: true,
  };
  const { config } = await manager.streams.info(name).catch(async (error: unknown) => {
    if (!isApiError(error, JetStreamApiCodes.StreamNotFound)) throw error;
    fail(name, whyNoReplicas(replicas, serverVersion));
    return manager.streams.add(wanted).catch((problem: unknown) => {
      // Another process was first.
      if (isApiError(problem, STREAM_NAME_IN_USE)) return manager.streams.info(name);
      throw problem;
    });
  });
  fail(name, whyUnfit(config, wanted.subjects) ?? whyNoReplicas(config.num_replicas, serverVersion));
}

function fail(name: string, problem: string | undefined): void {
  if (problem !== undefined) throw new Error(`the stream ${name} cannot keep event logs: ${problem}`);
}

export function isWrongLastSequence(error: unknown): boolean {
  return WRONG_LAST_SEQUENCE.some((code) => isApiError(error, code));
}

function isApiError(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}

function whyUnfit(config: StreamConfig, subjects: readonly string[]): string | undefined {
  if (config.subjects.join() !== subjects.join()) return `its subjects are not ${subjects.join()}`;
  if (config.storage !== StorageType.File) return 'it is not kept in files';
  if (config.retention !== RetentionPolicy.Limits) return 'its retention is not by limits';
  if (config.discard !== DiscardPolicy.New) return 'it drops old messages when it is full';
  if (config.max_age > 0) return 'its messages expire';
  if (!config.allow_direct) return 'it does not allow direct gets';
  return undefined;
}
