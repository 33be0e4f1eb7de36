import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEventLog } from '../event-log.contract.ts';
import { openFileEventLog } from './file-event-log.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const newDirectory = () => mkdtemp(join(tmpdir(), 'studio-event-log-'));

describeEventLog(
  'The file engine',
  async () => {
    const directory = await newDirectory();
    return {
      open: () => openFileEventLog(directory),
      openBeside: (log) => Promise.resolve(log),
      leftOf: async (log) => (await readdir(directory)).filter((name) => name.startsWith(log)),
      remove: () => rm(directory, { recursive: true }),
    };
  },
  { modelRuns: 60 },
);

describe('File event log', () => {
  let root: string;
  let count = 0;
  beforeAll(async () => {
    root = await newDirectory();
  });
  afterAll(() => rm(root, { recursive: true }));
  const newPath = () => join(root, String((count += 1)));

  it('keeps few files open however many logs are written and read', async () => {
    const directory = newPath();
    const log = await openFileEventLog(directory, { openLogs: 8 });
    const names = range(1, 200).map((n) => `log-${n}`);
    const openFiles = async () => (await readdir('/dev/fd')).length;
    const before = await openFiles();
    let most = 0;
    await Promise.all(
      names.map(async (name) => {
        await log.append(name, 0, 'key-1', encode(name));
        most = Math.max(most, await openFiles());
        await log.append(name, 1, 'key-2', encode(name));
      }),
    );
    // Directories that are synced, and the listing itself, take some more for a moment.
    expect(most - before).toBeLessThan(30);
    for (const name of names) expect(await log.read(name, 0, 5)).toHaveLength(2);
    await Promise.all(names.map((name) => log.delete(name)));
    expect((await readdir(directory)).sort()).toEqual(['writer.lock', 'writer.txt']);
    await log.close();
  });

  it('does appends and a removal of the same log one after the other', async () => {
    const log = await openFileEventLog(newPath());
    await log.append('room', 0, 'key-1', encode('old'));
    const results = await Promise.allSettled([
      log.append('room', 1, 'key-2', encode('old')),
      log.delete('room'),
      log.append('room', 0, 'key-1', encode('new')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect((await log.read('room', 0, 5)).map(({ data }) => new TextDecoder().decode(data))).toEqual(['new']);
    await log.close();
  });

  it('fails an append that cannot be written, keeps what was there, and goes on when it can', async () => {
    const directory = newPath();
    const log = await openFileEventLog(directory, { openLogs: 1 });
    const file = join(directory, 'room.log');
    await mkdir(file);
    await expect(log.append('room', 0, 'key-1', encode('x'))).rejects.toMatchObject({
      name: 'LogUnavailableError',
    });
    await rm(file, { recursive: true });
    expect(await log.append('room', 0, 'key-1', encode('x'))).toBe(1);
    await log.close();
  });
});
