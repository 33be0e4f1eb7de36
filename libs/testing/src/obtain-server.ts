import { startContainerServer, type ContainerSpec } from './container-server.ts';
import { environmentServer } from './environment-server.ts';
import { findBinary } from './find-binary.ts';
import { startLocalServer, type LocalServerKind } from './local-server.ts';
import { ServerMissingError, type TestServer, type TestServerOptions } from './test-server.ts';

export interface ServerSources {
  /** Environment variable with the URL of a running server. */
  readonly variable: string;
  readonly binary: string;
  /** Name of its Debian and Homebrew package. */
  readonly package: string;
  readonly local: LocalServerKind;
  readonly container: ContainerSpec;
}

/** The first source that can be had: the environment, a local binary, a container. */
export async function obtainServer(
  sources: ServerSources,
  options: TestServerOptions = {},
): Promise<TestServer> {
  const url = process.env[sources.variable] ?? '';
  if (url !== '' && options.own !== true) return environmentServer(sources.variable, url);
  const binary = await findBinary(sources.binary);
  if (binary !== undefined) return startLocalServer(sources.local, binary);
  const container = await startContainerServer(sources.container);
  if (!(container instanceof Error)) return container;
  const environment = options.own === true ? '' : `${sources.variable} is not set, `;
  throw new ServerMissingError(
    `${environment}${missingBinary(sources)}, and no container engine answers (${container.message})`,
  );
}

/** The local binary; its data is kept in `directory` when it is given. */
export async function obtainLocalServer(sources: ServerSources, directory?: string): Promise<TestServer> {
  const binary = await findBinary(sources.binary);
  if (binary === undefined) throw new ServerMissingError(missingBinary(sources));
  return startLocalServer(sources.local, binary, directory);
}

function missingBinary({ binary, package: name }: ServerSources): string {
  return `there is no ${binary} on PATH (apt-get install ${name}, or brew install ${name})`;
}
