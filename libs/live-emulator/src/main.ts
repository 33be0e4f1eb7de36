import { parseArgs } from 'node:util';
import { startLiveEmulator } from './emulator.ts';

const USAGE =
  'usage: live-emulator [--host H] [--port N] [--speed X] [--api-key K] [--connection-age SECONDS]';

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < least) {
    throw new Error(`--${name} must be a number of at least ${least}, not "${text}"`);
  }
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      speed: { type: 'string', default: '1' },
      'api-key': { type: 'string' },
      'connection-age': { type: 'string', default: '600' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const emulator = await startLiveEmulator({
    host: values.host,
    port: numberOf('port', values.port, 0),
    speed: numberOf('speed', values.speed, 0.01),
    connectionAgeMs: numberOf('connection-age', values['connection-age'], 1) * 1000,
    ...(values['api-key'] === undefined ? {} : { apiKey: values['api-key'] }),
    onEvent: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
  });
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: emulator.url })}\n`);
  const stop = () => {
    emulator.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): void {
  process.stderr.write(`live-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch(fail);
