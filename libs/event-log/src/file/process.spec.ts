import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text as readText } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileEventLog } from './file-event-log.ts';

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('File event log and its process', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'studio-event-log-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** A process of its own that appends and trims. */
  const startWriter = () =>
    spawn(
      process.execPath,
      ['--conditions=@studio/source', join(import.meta.dirname, 'keep-appending.fixture.ts'), directory],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );

  it('loses nothing that was acknowledged when its process is killed while it writes and trims', async () => {
    const appended = new Map<string, number>();
    const trimmed = new Map<string, number>();
    for (let round = 0; round < 4; round += 1) {
      const writer = startWriter();
      const exited = once(writer, 'exit');
      let lines = 0;
      for await (const line of createInterface(writer.stdout)) {
        lines += 1;
        const [what, name = '', seq] = line.split(' ');
        if (seq !== undefined) (what === 'trimmed' ? trimmed : appended).set(name, Number(seq));
        // In another moment of its work each time.
        if (lines === 60 + round) writer.kill('SIGKILL');
      }
      await exited;
      // The lock died with its holder.
      const log = await openFileEventLog(directory);
      expect(appended.size).toBe(3);
      for (const [name, atLeast] of appended) {
        const [first, head] = [await log.first(name), await log.head(name)];
        expect(head).toBeGreaterThanOrEqual(atLeast);
        expect(first).toBeGreaterThanOrEqual(trimmed.get(name) ?? 1);
        expect(first).toBeLessThan(atLeast);
        const entries = await log.read(name, 0, head + 1);
        expect(entries.map(({ key }) => key)).toEqual(range(first, head).map((n) => `key-${n}`));
        expect(entries.every(({ seq, data }) => data.byteLength === 2_000 && data[7] === (seq & 255))).toBe(
          true,
        );
      }
      await log.close();
      const names = ['first.log', 'second.log', 'third.log', 'writer.lock', 'writer.txt'];
      expect((await readdir(directory)).sort()).toEqual(names);
    }
  });

  it('is for one process at a time, until that has ended', async () => {
    const writer = startWriter();
    const exited = once(writer, 'exit');
    await once(createInterface(writer.stdout), 'line');
    // One that cannot run at the moment still has it.
    writer.kill('SIGSTOP');
    await expect(openFileEventLog(directory)).rejects.toThrow(`is in use by process ${writer.pid} on `);
    writer.kill('SIGKILL');
    await exited;
    const log = await openFileEventLog(directory);
    const second = startWriter();
    const complaint = readText(second.stderr);
    await once(second, 'exit');
    expect(second.exitCode).not.toBe(0);
    expect(await complaint).toContain(`is in use by process ${process.pid} on `);
    await log.close();
  });

  it('is for one writer at a time, and names the one who has it', async () => {
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
    const file = join(directory, 'file');
    await writeFile(file, '');
    await expect(openFileEventLog(join(file, 'logs'))).rejects.toMatchObject({
      name: 'EventLogDirectoryError',
      message: expect.stringMatching(/^the event log in .*logs cannot be written: ENOTDIR.*$/) as unknown,
    });
  });
});
