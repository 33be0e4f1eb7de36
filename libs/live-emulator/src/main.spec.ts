import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const MAIN = ['--conditions=@studio/source', fileURLToPath(new URL('./main.ts', import.meta.url))];

describe('the command line', () => {
  it('says where it listens, and stops when it is told to', async () => {
    const child = spawn(process.execPath, [...MAIN, '--speed', '10', '--api-key', 'k'], { stdio: 'pipe' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { event, url } = JSON.parse(line) as { event: string; url: string };
    expect(event).toBe('listening');
    expect((await fetch(`${url}/admin/sessions`)).status).toBe(401);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    [['--port', 'x'], 'live-emulator: --port must be a number of at least 0, not "x"\n'],
    [['--speed', '0'], 'live-emulator: --speed must be a number of at least 0.01, not "0"\n'],
  ])('refuses %j in one line', async (args, stderr) => {
    const run = promisify(execFile)(process.execPath, [...MAIN, ...args]);
    await expect(run).rejects.toMatchObject({ code: 1, stderr });
  });
});
