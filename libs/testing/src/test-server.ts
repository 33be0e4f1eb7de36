/** A server that a test, a bench or a development tool uses, wherever it comes from. */
export interface TestServer {
  /** `nats://…` or `redis://…`; the same over restarts. */
  readonly url: string;
  readonly origin: 'environment' | 'binary' | 'container';
  /**
   * Stops the process, awaits `whileDown`, and starts it again on the same address; resolves when it answers.
   * What it keeps on disk survives. Throws for a server of the environment, which is not ours to restart.
   */
  restart(whileDown?: () => Promise<void>): Promise<void>;
  /** Freezes the process: connections stay open and nothing is answered. Throws for a server of the environment. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it and removes what it wrote to a temporary directory; a server of the environment is left alone. */
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** True: never the server that the environment names, because the caller restarts, pauses or empties it. */
  own?: boolean;
}

/** No server can be had; the message says what is missing and how to get it. */
export class ServerMissingError extends Error {
  override readonly name = 'ServerMissingError';
}
