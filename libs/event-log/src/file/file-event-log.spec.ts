import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
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

  /** A log of entries 1 to 6: the first alone, the others in one frame. Resolves its bytes and where its frames end. */
  async function writeSample(directory: string): Promise<{ bytes: Buffer; ends: number[]; heads: number[] }> {
    const log = await openFileEventLog(directory);
    const file = join(directory, 'room.log');
    await log.append('room', 0, 'key-1', encode('one'));
    const first = (await stat(file)).size;
    const appends = range(1, 5).map((head) =>
      log.append('room', head, `key-${head + 1}`, encode('x'.repeat(head * 7))),
    );
    // The first of them is written at once, the others wait for it and go together.
    await appends[0];
    await Promise.all(appends);
    await log.close();
    const bytes = await readFile(file);
    const second = bytes.indexOf(bytes.subarray(0, 4), first + 1);
    return { bytes, ends: [0, first, second, bytes.byteLength], heads: [0, 1, 2, 6] };
  }

  it('cuts a torn tail, wherever the crash came, and goes on behind the last whole frame', async () => {
    const directory = newPath();
    const { bytes, ends, heads } = await writeSample(directory);
    for (let length = 0; length <= bytes.byteLength; length += 1) {
      await writeFile(join(directory, 'room.log'), bytes.subarray(0, length));
      const log = await openFileEventLog(directory);
      const head = heads[ends.findLastIndex((end) => end <= length)] ?? 0;
      expect(await log.head('room')).toBe(head);
      expect((await log.read('room', 0, 10)).map(({ key }) => key)).toEqual(
        range(1, head).map((n) => `key-${n}`),
      );
      expect(await log.append('room', head, 'next', encode('next'))).toBe(head + 1);
      await log.close();
      const again = await openFileEventLog(directory);
      expect((await again.read('room', head, 10)).map(({ key }) => key)).toEqual(['next']);
      await again.close();
    }
  });

  it('cuts a tail of zeros or other bytes that a crash of the machine left', async () => {
    const directory = newPath();
    const { bytes, ends } = await writeSample(directory);
    const whole = ends[2] ?? 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.nat(5_000).map((length) => new Uint8Array(length)),
          // The last frame with pages missing.
          fc.tuple(fc.nat(bytes.byteLength - whole - 1), fc.nat(200)).map(([from, length]) => {
            const tail = new Uint8Array(bytes.subarray(whole));
            return tail.fill(0, from, from + length + 1);
          }),
        ),
        async (tail) => {
          await writeFile(join(directory, 'room.log'), Buffer.concat([bytes.subarray(0, whole), tail]));
          const log = await openFileEventLog(directory);
          const head = await log.head('room');
          // A hole where there were zeros already leaves the frame as it was.
          expect(head).toBe(Buffer.compare(tail, bytes.subarray(whole)) === 0 ? 6 : 2);
          expect(await log.append('room', head, 'next', encode('next'))).toBe(head + 1);
          await log.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never cuts acknowledged entries: damage with good entries behind it is refused, and told', async () => {
    const directory = newPath();
    const { bytes, ends } = await writeSample(directory);
    for (let at = 0; at < (ends[2] ?? 0); at += 1) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x40, at);
      await writeFile(join(directory, 'room.log'), damaged);
      const log = await openFileEventLog(directory);
      await expect(log.head('room')).rejects.toMatchObject({
        name: 'LogUnavailableError',
        message: expect.stringMatching(/room\.log: damaged at byte \d+, behind entry [01]/) as unknown,
      });
      expect(await log.head('other')).toBe(0);
      await log.close();
      expect(await readFile(join(directory, 'room.log'))).toEqual(damaged);
    }
  });

  it('loses nothing that was acknowledged when its process is killed while it writes', async () => {
    const directory = newPath();
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < 3; round += 1) {
      const writer = spawn(
        process.execPath,
        ['--conditions=@studio/source', join(import.meta.dirname, 'keep-appending.fixture.ts'), directory],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const exited = once(writer, 'exit');
      let lines = 0;
      for await (const line of createInterface(writer.stdout)) {
        lines += 1;
        const [name = '', head] = line.split(' ');
        if (head !== undefined) acknowledged.set(name, Number(head));
        if (lines === 40) writer.kill('SIGKILL');
      }
      await exited;
      // The lock died with its holder.
      const log = await openFileEventLog(directory);
      expect(acknowledged.size).toBe(3);
      for (const [name, atLeast] of acknowledged) {
        const head = await log.head(name);
        expect(head).toBeGreaterThanOrEqual(atLeast);
        const entries = await log.read(name, 0, head + 1);
        expect(entries.map(({ key }) => key)).toEqual(range(1, head).map((n) => `key-${n}`));
        expect(entries.every(({ seq, data }) => data.byteLength === 2_000 && data[7] === (seq & 255))).toBe(
          true,
        );
      }
      await log.close();
    }
  });

  it('is for one writer at a time, and names the one who has it', async () => {
    const directory = newPath();
    const log = await openFileEventLog(directory);
    await expect(openFileEventLog(directory)).rejects.toMatchObject({
      name: 'EventLogDirectoryError',
      message: expect.stringMatching(
        new RegExp(`^the event log in .* is in use by process ${process.pid} on .*$`),
      ) as unknown,
    });
    await log.close();
    await (await openFileEventLog(directory)).close();
  });

  it('says in one line when the directory cannot be written', async () => {
    const file = newPath();
    await writeFile(file, '');
    await expect(openFileEventLog(join(file, 'logs'))).rejects.toMatchObject({
      name: 'EventLogDirectoryError',
      message: expect.stringMatching(/^the event log in .*logs cannot be written: ENOTDIR.*$/) as unknown,
    });
  });

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
