import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileEventLog } from './file-event-log.ts';

// Appends of 300 bytes, beside the floor of the same disk in the same run: a write and fdatasync of as many bytes.
// Run it with: node --conditions=@studio/source src/file/file-event-log.bench.ts [directory on the disk to measure]

const ENTRY = Buffer.alloc(300, 'x');
const SECONDS = 3;

interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Runs `writers` loops side by side for some seconds. */
async function measure(writers: number, write: (writer: number) => Promise<unknown>): Promise<Figures> {
  const times: number[] = [];
  const end = performance.now() + SECONDS * 1_000;
  const loop = async (writer: number) => {
    while (performance.now() < end) {
      const start = performance.now();
      await write(writer);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => loop(writer)));
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: times.length / SECONDS, p50: at(0.5), p99: at(0.99) };
}

function report(what: string, { perSecond, p50, p99 }: Figures, floor?: Figures): void {
  const ratio = floor === undefined ? '' : `  ${(perSecond / floor.perSecond).toFixed(2)} x floor`;
  process.stdout.write(
    `${what.padEnd(34)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms${ratio}\n`,
  );
}

const directory = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'studio-event-log-bench-'));
const log = await openFileEventLog(join(directory, 'logs'));
try {
  const raw = await Promise.all(
    Array.from({ length: 50 }, (_, index) => open(join(directory, `raw-${index}`), 'w')),
  );
  const rawWrite = async (writer: number) => {
    await raw[writer]?.appendFile(ENTRY);
    await raw[writer]?.datasync();
  };
  const heads = new Map<string, number>();
  const append = async (name: string) => {
    const head = heads.get(name) ?? 0;
    // Before the append has resolved: the next one of the same log goes with it if it can.
    heads.set(name, head + 1);
    await log.append(name, head, `key-${head}`, ENTRY);
  };
  const floor = await measure(1, rawWrite);
  report('floor: 1 file, write + fdatasync', floor);
  report('1 log, 1 writer', await measure(1, () => append('alone')), floor);
  report('1 log, 50 appends at a time', await measure(50, () => append('shared')), floor);
  const floor50 = await measure(50, rawWrite);
  report('floor: 50 files side by side', floor50);
  report('50 logs, 1 writer each', await measure(50, (writer) => append(`log-${writer}`)), floor50);
  await Promise.all(raw.map((file) => file.close()));
} finally {
  await log.close();
  await rm(directory, { recursive: true });
}
