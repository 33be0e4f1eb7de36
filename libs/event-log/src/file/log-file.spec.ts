import {
  appendFile,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileEventLog } from './file-event-log.ts';
import { openFileEventLog } from './file-event-log.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('A log file and its disk', () => {
  let directory: string;
  let log: FileEventLog;
  /** What all file handles share: where a disk that is slow or fails can be put in. */
  let handles: FileHandle;
  beforeAll(async () => {
    const handle = await open(import.meta.filename);
    handles = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'studio-event-log-'));
    log = await openFileEventLog(directory, { openLogs: 2 });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await log.close();
    await rm(directory, { recursive: true });
  });
  afterAll(() => vi.restoreAllMocks());

  it('acknowledges an entry, and shows it to readers, only when it is synced', async () => {
    await log.append('room', 0, 'key-1', encode('x'));
    const sync = Promise.withResolvers<undefined>();
    const datasync = vi.spyOn(handles, 'datasync').mockImplementation(() => sync.promise);
    let acknowledged = false;
    const appended = log.append('room', 1, 'key-2', encode('y')).then(() => (acknowledged = true));
    await vi.waitFor(() => expect(datasync).toHaveBeenCalled());
    expect(await log.head('room')).toBe(1);
    expect(await log.read('room', 0, 10)).toHaveLength(1);
    expect(acknowledged).toBe(false);
    sync.resolve(undefined);
    await appended;
    expect(await log.head('room')).toBe(2);
  });

  it('writes together what comes while it syncs', async () => {
    const datasync = vi.spyOn(handles, 'datasync');
    await Promise.all(range(1, 200).map((seq) => log.append('room', seq - 1, `key-${seq}`, encode('x'))));
    expect(datasync.mock.calls.length).toBeLessThan(5);
    expect(await log.read('room', 0, 500)).toHaveLength(200);
  });

  it('takes back half an entry when the disk is full, and goes on when there is room', async () => {
    await log.append('room', 0, 'key-1', encode('x'));
    const size = async () => (await stat(join(directory, 'room.log'))).size;
    const before = await size();
    vi.spyOn(handles, 'write').mockImplementationOnce(async () => {
      await appendFile(join(directory, 'room.log'), 'half an entry');
      throw new Error('ENOSPC: no space left on device');
    });
    const results = await Promise.allSettled([
      log.append('room', 1, 'key-2', encode('y')),
      log.append('room', 2, 'key-3', encode('z')),
    ]);
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'LogUnavailableError' } });
    expect(await size()).toBe(before);
    expect(await log.append('room', 1, 'key-2', encode('y'))).toBe(2);
    expect((await log.read('room', 0, 10)).map(({ key }) => key)).toEqual(['key-1', 'key-2']);
  });

  it.each(['write', 'datasync'] as const)(
    'leaves a log as it was when %s fails as it is trimmed',
    async (call) => {
      for (const seq of range(1, 40)) await log.append('room', seq - 1, `key-${seq}`, encode('x'));
      vi.spyOn(handles, call).mockRejectedValueOnce(new Error('ENOSPC: no space left on device'));
      const trimmed = log.trim('room', 30);
      const appended = log.append('room', 40, 'key-41', encode('x'));
      await expect(trimmed).rejects.toMatchObject({ name: 'LogUnavailableError' });
      expect(await appended).toBe(41);
      expect((await readdir(directory)).filter((name) => name.startsWith('room'))).toEqual(['room.log']);
      expect((await log.read('room', 0, 100)).map(({ seq }) => seq)).toEqual(range(1, 41));
      await log.trim('room', 30);
      expect((await log.read('room', 0, 100)).map(({ seq }) => seq)).toEqual(range(30, 41));
    },
  );

  it('gives a reader what it began to read though the log is trimmed meanwhile, and closes every file', async () => {
    const openFiles = async () => (await readdir('/dev/fd')).length;
    for (const seq of range(1, 40)) await log.append('room', seq - 1, `key-${seq}`, encode('x'));
    const before = await openFiles();
    for (const first of range(2, 40)) {
      const [entries] = await Promise.all([log.read('room', 0, 100), log.trim('room', first)]);
      expect(entries.map(({ seq }) => seq)).toEqual(range(first - 1, 40));
    }
    expect(await openFiles()).toBe(before);
  });

  it('finds its log, the old or the trimmed one, wherever a crash came as it was trimmed', async () => {
    const path = join(directory, 'room.log');
    for (const seq of range(1, 40)) await log.append('room', seq - 1, `key-${seq}`, encode('x'));
    const old = await readFile(path);
    await log.trim('room', 30);
    const copy = await readFile(path);
    for (const written of range(0, copy.byteLength)) {
      await log.close();
      await writeFile(path, old);
      await writeFile(`${path}.copy`, copy.subarray(0, written));
      log = await openFileEventLog(directory);
      expect([await log.first('room'), await log.head('room')]).toEqual([1, 40]);
      expect(await readdir(directory)).not.toContain('room.log.copy');
    }
  });

  it('removes what a failed trim could not remove', async () => {
    await log.append('room', 0, 'key-1', encode('x'));
    await writeFile(join(directory, 'room.log.copy'), 'left over');
    await log.delete('room');
    expect((await readdir(directory)).sort()).toEqual(['writer.lock', 'writer.txt']);
  });

  it('does nothing more with a log after a failed sync, and the others go on', async () => {
    await log.append('room', 0, 'key-1', encode('x'));
    vi.spyOn(handles, 'datasync').mockRejectedValueOnce(new Error('EIO: i/o error'));
    await expect(log.append('room', 1, 'key-2', encode('y'))).rejects.toThrow('EIO');
    const refused = { name: 'LogUnavailableError', message: expect.stringContaining('EIO') as unknown };
    for (const round of range(1, 2)) {
      await expect(log.append('room', round, 'key-3', encode('z'))).rejects.toMatchObject(refused);
      await expect(log.read('room', 0, 10)).rejects.toMatchObject(refused);
      // These push it out of the open logs: it must not be opened again, because the lost entry may be readable still.
      for (const other of ['a', 'b', 'c', 'd'])
        await log.append(other, round - 1, `key-${round}`, encode('x'));
    }
  });
});
