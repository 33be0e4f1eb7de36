import { helpText } from './command/options.ts';
import { readOptions } from './command/read-options.ts';
import { startLiveEmulator } from './emulator.ts';

async function main(): Promise<void> {
  // npm runs a command in the folder of its package, and tells where it was called.
  const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (!options) {
    process.stdout.write(helpText());
    return;
  }
  const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
  const emulator = await startLiveEmulator({ ...options, onEvent: tell });
  const { url, adminUrl } = emulator;
  tell({ event: 'listening', url, ...(adminUrl === url ? {} : { adminUrl }) });
  const stop = () => {
    emulator.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** A line for each thing that is wrong. */
function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  for (const line of message.split('\n')) process.stderr.write(`live-emulator: ${line}\n`);
  process.exitCode = 1;
}

main().catch(fail);
