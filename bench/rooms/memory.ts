import { readFile } from 'node:fs/promises';

const MIB = 1024;

/** What processes hold in memory together, in MiB; undefined where the system does not tell. */
async function memoryOf(pids: readonly number[]): Promise<number | undefined> {
  let sum = 0;
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (resident === undefined) return undefined;
    sum += Number(resident) / MIB;
  }
  return sum;
}

/** Watches the memory of processes while something is done. */
export async function watchMemory<T>(
  pids: readonly number[],
  action: () => Promise<T>,
): Promise<{ result: T; before?: number; most?: number }> {
  const before = await memoryOf(pids);
  let most = before;
  const timer = setInterval(() => {
    void memoryOf(pids).then((now) => {
      if (now !== undefined) most = Math.max(most ?? 0, now);
    });
  }, 50);
  try {
    const result = await action();
    return { result, ...(before !== undefined && { before }), ...(most !== undefined && { most }) };
  } finally {
    clearInterval(timer);
  }
}
