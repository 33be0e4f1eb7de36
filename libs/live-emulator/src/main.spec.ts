import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EmulatorAdmin } from './admin/emulator-admin.ts';

const MAIN = ['--conditions=@studio/source', fileURLToPath(new URL('./main.ts', import.meta.url))];
const run = (...args: string[]) => promisify(execFile)(process.execPath, [...MAIN, ...args]);

describe('the command line', () => {
  it('says where it listens, can be taken hold of, and stops when it is told to', async () => {
    const args = ['--manual-clock', '--api-key', 'k', '--admin-port', '0', '--fault', '{ fault: quota }'];
    const child = spawn(process.execPath, [...MAIN, ...args], { stdio: 'pipe' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { event, url, adminUrl } = JSON.parse(line) as { event: string; url: string; adminUrl: string };
    expect(event).toBe('listening');
    expect(adminUrl).not.toBe(url);
    const admin = new EmulatorAdmin(adminUrl, 'k');
    expect(await admin.faults()).toMatchObject([{ fault: { fault: 'quota' }, struck: 0 }]);
    const before = await admin.now();
    await admin.advance(1000);
    expect(await admin.now()).toBe(before + 1000);
    await expect(new EmulatorAdmin(adminUrl).sessions()).rejects.toMatchObject({ status: 401 });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('tells all its options', async () => {
    const { stdout } = await run('--help');
    expect(stdout).toMatch(/^usage: live-emulator/);
    expect(stdout).toContain('--scenario FILE');
  });

  it('says in one line why it does not start', async () => {
    await expect(run('--speed', 'fast')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'live-emulator: --speed must be a number from 0.01 to 10000, not "fast"\n',
    });
  });
});
