import { freePort } from './free-port.ts';
import type { TestServer } from './test-server.ts';

/** Images are pulled on first use, hence so long. Milliseconds. */
const STARTUP_MS = 120_000;

export interface ContainerSpec {
  readonly scheme: string;
  readonly image: string;
  readonly command: string[];
  /** The port inside the container. */
  readonly port: number;
  /** Logged by the server when it can be used. */
  readonly readyLog: RegExp;
}

/** Runs a server in a container, or tells why that is not possible: no container engine answers. */
export async function startContainerServer(spec: ContainerSpec): Promise<TestServer | Error> {
  // Loaded when needed only: it is large, and most machines have the binaries.
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  let runtime;
  try {
    runtime = await getContainerRuntimeClient();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  // A fixed host port keeps the address over restarts, which an assigned one does not.
  const port = await freePort();
  const container = await new GenericContainer(spec.image)
    .withCommand(spec.command)
    .withExposedPorts({ container: spec.port, host: port })
    .withWaitStrategy(Wait.forLogMessage(spec.readyLog))
    .withStartupTimeout(STARTUP_MS)
    .start();
  const handle = runtime.container.getById(container.getId());
  return {
    url: `${spec.scheme}://${container.getHost()}:${port}`,
    origin: 'container',
    async restart(whileDown) {
      if (whileDown !== undefined) {
        await handle.stop();
        await whileDown();
      }
      await container.restart();
    },
    async pause() {
      await handle.pause();
    },
    async resume() {
      await handle.unpause();
    },
    async stop() {
      await container.stop();
    },
  };
}
