import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileEventLog } from './file-event-log.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const newDirectory = () => mkdtemp(join(tmpdir(), 'studio-event-log-'));

describe('A log file after a crash', () => {
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

  it('has the entries of before the cut, at whatever byte a file is cut that has grown and was trimmed', async () => {
    const batches = fc.array(fc.array(fc.nat(400), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(batches, batches, fc.nat(), fc.nat(), async (before, after, trim, cut) => {
        const directory = newPath();
        const file = join(directory, 'room.log');
        const log = await openFileEventLog(directory);
        let head = 0;
        const grow = async (sizes: number[]) => {
          const appends = sizes.map((size, index) =>
            log.append('room', head + index, `key-${head + index + 1}`, new Uint8Array(size)),
          );
          head = (await Promise.all(appends)).at(-1) ?? head;
          return { head, size: (await stat(file)).size };
        };
        for (const sizes of before) await grow(sizes);
        const first = 1 + (trim % head);
        await log.trim('room', first);
        // What the trimmed file has was on disk before it got its name.
        const acknowledged = [{ head, size: (await stat(file)).size }];
        for (const sizes of after) acknowledged.push(await grow(sizes));
        await log.close();

        const [start = 0, end = 0] = [acknowledged[0]?.size, acknowledged.at(-1)?.size];
        const length = start + (cut % (end - start + 1));
        await truncate(file, length);
        const again = await openFileEventLog(directory);
        const kept = await again.head('room');
        expect(kept).toBeGreaterThanOrEqual(acknowledged.findLast(({ size }) => size <= length)?.head ?? 0);
        const keys = (await again.read('room', 0, 1_000)).map(({ key }) => key);
        expect(keys).toEqual(range(first, kept).map((n) => `key-${n}`));
        expect(await again.append('room', kept, 'next', encode('x'))).toBe(kept + 1);
        await again.close();
      }),
      { numRuns: 40 },
    );
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
});
