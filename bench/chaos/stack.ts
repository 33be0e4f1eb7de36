import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@studio/testing';
import { engines } from '../../tools/cluster/engines.mjs';
import { frontDoor } from '../../tools/cluster/front-door.mjs';
import { untilReady } from '../../tools/cluster/ready.mjs';
import { services } from '../../tools/cluster/services.mjs';
import { SupervisedProcess } from '../../tools/cluster/supervised-process.mjs';
import { Link } from './link.ts';
import { BROKERS, SERVICES } from './plan.ts';
import { cloudStorage, diskStorage } from './storage.ts';
import type { Storage } from './storage.ts';
import type { Broker, Service, Target } from './plan.ts';

/** More ports than there are processes and links; asked for at once, so that each is another one. */
const PORTS = 40;
const GRACE_MS = 8_000;

/** The studio as `npm run cluster` runs it, on data of its own; every service reaches the brokers through links of its own. */
export class Stack {
  readonly url: string;
  readonly directory: string;
  readonly natsUrl: string;
  readonly storage: Storage;
  readonly #processes: Map<string, SupervisedProcess>;
  readonly #links: Map<string, Link>;
  readonly #door: Server;
  readonly #warden: ReturnType<typeof fork>;

  private constructor(parts: {
    url: string;
    directory: string;
    natsUrl: string;
    storage: Storage;
    processes: Map<string, SupervisedProcess>;
    links: Map<string, Link>;
    door: Server;
    warden: ReturnType<typeof fork>;
  }) {
    this.url = parts.url;
    this.directory = parts.directory;
    this.natsUrl = parts.natsUrl;
    this.storage = parts.storage;
    this.#processes = parts.processes;
    this.#links = parts.links;
    this.#door = parts.door;
    this.#warden = parts.warden;
  }

  /**
   * @param cloud keeps objects in an emulator of Cloud Storage, not on the disk
   * @param say gets what the processes write
   * @throws when a process does not get ready
   */
  static async start(env: NodeJS.ProcessEnv, cloud: boolean, say: (line: string) => void): Promise<Stack> {
    const directory = await mkdtemp(join(tmpdir(), 'studio-chaos-'));
    const ports = (await freePorts(PORTS)).values();
    const nextPort = () => ports.next().value ?? 0;
    const engine = await engines(directory, nextPort);
    const storage = cloud ? await cloudStorage(nextPort()) : diskStorage(directory);
    const secret = 'a secret that is as long as it has to be';
    const service = services({
      env: { ...process.env, ...engine.env, ...storage.env, ...env, SESSION_SECRET: secret },
      dataDirectory: directory,
      nextPort,
    });
    const links = new Map<string, Link>();
    for (const name of SERVICES)
      for (const broker of BROKERS) {
        const target = engine.specs.find((spec) => spec.name === broker)?.port;
        if (target === undefined)
          throw new Error(`${broker} is to be one of our own: unset NATS_URL and REDIS_URL`);
        links.set(linkName(name, broker), await Link.open(nextPort(), target));
      }
    const port = (name: string, broker: Broker) => links.get(linkName(name, broker))?.port ?? 0;
    const specs = [
      ...engine.specs,
      ...service.specs.map((spec) =>
        SERVICES.some((name) => name === spec.name)
          ? {
              ...spec,
              env: {
                ...spec.env,
                NATS_URL: `nats://127.0.0.1:${port(spec.name, 'nats-server')}`,
                REDIS_URL: `redis://127.0.0.1:${port(spec.name, 'redis-server')}`,
              },
            }
          : spec,
      ),
    ];
    const warden = fork(fileURLToPath(new URL('../../tools/cluster/warden.mjs', import.meta.url)), {
      detached: true,
      execArgv: [],
    });
    const processes = new Map<string, SupervisedProcess>();
    const tellWarden = () => {
      if (warden.connected)
        warden.send(Array.from(processes.values(), ({ pid }) => pid ?? 0).filter(Boolean));
    };
    for (const spec of specs)
      processes.set(
        spec.name,
        new SupervisedProcess(spec, (line) => say(`${spec.name}: ${line}`), tellWarden),
      );
    const door = frontDoor(service.gatewayPorts);
    door.listen(nextPort(), '127.0.0.1');
    await once(door, 'listening');
    const stack = new Stack({
      url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      directory,
      natsUrl: engine.env.NATS_URL,
      ...{ storage, processes, links, door, warden },
    });
    try {
      const brokers = new Set<string>(BROKERS);
      const all = [...processes.values()];
      for (const group of [
        all.filter(({ spec }) => brokers.has(spec.name)),
        all.filter(({ spec }) => !brokers.has(spec.name)),
      ]) {
        for (const each of group) each.start();
        await Promise.all(group.map((each) => untilReady(each)));
      }
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  signal(target: Target, signal: NodeJS.Signals): void {
    const { pid } = this.#process(target);
    if (pid !== undefined) process.kill(pid, signal);
  }

  link(service: Service, broker: Broker): Link {
    const link = this.#links.get(linkName(service, broker));
    if (link === undefined) throw new Error(`there is no link from ${service} to ${broker}`);
    return link;
  }

  brokerPort(broker: Broker): number {
    return this.#process(broker).spec.port;
  }

  /** Resolves when the process that runs now has ended. */
  async ended(target: Target): Promise<void> {
    const supervised = this.#process(target);
    const { pid } = supervised;
    await until(() => pid === undefined || supervised.pid !== pid, 35_000);
  }

  /** Resolves when the process runs and can serve. */
  async ready(target: Target): Promise<void> {
    const supervised = this.#process(target);
    // Between its end and its next start it does not run, which is no reason to give up.
    await until(() => supervised.running, 15_000);
    await untilReady(supervised);
  }

  async allReady(): Promise<void> {
    await Promise.all([...BROKERS, ...SERVICES].map((target) => this.ready(target)));
  }

  async stop(): Promise<void> {
    this.#door.closeAllConnections();
    this.#door.close();
    const all = [...this.#processes.values()];
    const brokers = new Set<string>(BROKERS);
    await Promise.all(all.filter(({ spec }) => !brokers.has(spec.name)).map((each) => each.stop(GRACE_MS)));
    await Promise.all(all.filter(({ spec }) => brokers.has(spec.name)).map((each) => each.stop(GRACE_MS)));
    for (const link of this.#links.values()) link.close();
    await this.storage.close();
    this.#warden.kill('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }

  #process(target: Target): SupervisedProcess {
    const supervised = this.#processes.get(target);
    if (supervised === undefined) throw new Error(`there is no process ${target}`);
    return supervised;
  }
}

function linkName(service: string, broker: Broker): string {
  return `${service} ${broker}`;
}

/** Resolves when the condition holds. @throws when it does not within the time */
export async function until(condition: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`it did not come to that within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
