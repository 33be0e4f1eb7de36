import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDataDirectory } from '@studio/platform';
import { freePorts } from '../../libs/testing/src/free-port.ts';
import { main } from '../terminal/main.mjs';
import { styleText } from '../terminal/style.mjs';
import { engines } from './engines.mjs';
import { frontDoor } from './front-door.mjs';
import { processesTable } from './processes-table.mjs';
import { untilReady } from './ready.mjs';
import { sessionSecret } from './session-secret.mjs';
import { services } from './services.mjs';
import { SupervisedProcess } from './supervised-process.mjs';

/** More ports than there are processes; asked for at once, so that each is another one. */
const PORTS = 16;
/** After SIGTERM the studio's processes have the first time, the engines the second one. Milliseconds. */
const SERVICE_GRACE_MS = 2_500;
const ENGINE_GRACE_MS = 1_000;

main(async () => {
  const dataDirectory = await openDataDirectory('DATA_DIR', process.env['DATA_DIR'] || '.data');
  const ports = (await freePorts(PORTS)).values();
  const nextPort = () => {
    const { value, done } = ports.next();
    if (done === true) throw new Error(`more than ${PORTS} ports are needed`);
    return value;
  };
  const engine = await engines(dataDirectory, nextPort);
  const SESSION_SECRET = process.env['SESSION_SECRET'] || (await sessionSecret(dataDirectory));
  const service = services({
    env: { ...process.env, ...engine.env, SESSION_SECRET },
    dataDirectory,
    nextPort,
  });

  const door = frontDoor(service.gatewayPorts);
  const port = await listen(door, process.env['PORT'] || '8080');
  const url = `http://localhost:${port}`;

  // Without our own flags: the leash among them would end it just when it is needed.
  const warden = fork(fileURLToPath(new URL('./warden.mjs', import.meta.url)), {
    detached: true,
    execArgv: [],
  });
  const table = () => processes.map(({ spec: { name, port }, pid }) => ({ name, pid, port }));
  const state = join(dataDirectory, 'cluster.json');
  const processes = [...engine.specs, ...service.specs].map((spec) => {
    const name = styleText('dim', `${spec.name.padEnd(16)} `);
    const say = (/** @type {string} */ line) => void process.stdout.write(`${name}${line}\n`);
    return new SupervisedProcess(spec, say, () => {
      if (warden.connected) warden.send(table().flatMap(({ pid }) => pid ?? []));
      if (ready) void tell();
    });
  });
  // Whoever wants to disturb the cluster finds here what to kill. It names no engine of the environment, whose URL may hold a password.
  const tell = () =>
    writeFile(state, `${JSON.stringify({ url, pid: process.pid, processes: table() }, null, 2)}\n`);

  let ready = false;
  let stopping = false;
  /** @param {number} code */
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    door.close();
    const [first, last] = [processes.slice(engine.specs.length), processes.slice(0, engine.specs.length)];
    await Promise.all(first.map((each) => each.stop(SERVICE_GRACE_MS)));
    await Promise.all(last.map((each) => each.stop(ENGINE_GRACE_MS)));
    await rm(state, { force: true });
    warden.kill('SIGKILL');
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));

  try {
    for (const group of [processes.slice(0, engine.specs.length), processes.slice(engine.specs.length)]) {
      for (const each of group) each.start();
      await Promise.all(group.map(untilReady));
    }
  } catch (error) {
    if (!stopping) process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    await stop(1);
    return;
  }
  ready = true;
  await tell();
  process.stdout.write(`\n${processesTable(table())}\nKnowledge Synthesizer Studio is open at ${url}\n`);
});

/**
 * @param {import('node:http').Server} server
 * @param {string} given
 * @returns {Promise<number>} the port
 */
async function listen(server, given) {
  if (!/^\d+$/.test(given) || Number(given) > 65_535)
    throw new Error('PORT: must be a whole number from 0 to 65535');
  server.listen(Number(given));
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new Error(`port ${given} is in use: stop the other program or set PORT to a free one`, {
        cause: error,
      });
    throw error;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : Number(given);
}
