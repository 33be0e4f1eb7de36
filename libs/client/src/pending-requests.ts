import type { ClientRequest, ErrorBody } from '@studio/contracts';
import { StudioError } from '@studio/contracts';

/** What becomes of a request whose connection ends before its answer: sent again on the next one, or given up. */
type AfterLoss = 'resend' | 'give up';

interface Pending {
  readonly message: ClientRequest;
  readonly afterLoss: AfterLoss;
  readonly resolve: (seq: number | undefined) => void;
  readonly reject: (error: StudioError) => void;
  retries: number;
}

/**
 * Refusals after which a request is repeated: it is not known whether it was done, and its key makes that harmless, or it was one too many
 * at once, such as after a long time without a connection.
 */
const REPEATED: ReadonlySet<string> = new Set(['unavailable', 'timeout', 'rate_limited']);

/** So often is a request repeated that the server was not able to do. */
const MOST_RETRIES = 5;

/** The requests of one client that have no answer yet, in the order in which they were made. */
export class PendingRequests {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  nextId(): number {
    return ++this.#lastId;
  }

  /** Resolves the sequence of the event that the request made, if it made one. */
  add(message: ClientRequest, afterLoss: AfterLoss): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      this.#pending.set(message.id, { message, afterLoss, resolve, reject, retries: 0 });
    });
  }

  get(id: number): ClientRequest | undefined {
    return this.#pending.get(id)?.message;
  }

  /** What is to be sent when a new connection is open. */
  messages(): ClientRequest[] {
    return Array.from(this.#pending.values(), ({ message }) => message);
  }

  acknowledge(id: number, seq: number | undefined): void {
    this.#take(id)?.resolve(seq);
  }

  /**
   * The server has refused a request: it rejects, unless it may have been done and can be repeated.
   * @returns how many times it has now been tried in vain when it should be sent again later, otherwise undefined
   */
  refuse(id: number, error: ErrorBody): number | undefined {
    const pending = this.#pending.get(id);
    if (!pending) return undefined;
    if (pending.afterLoss === 'resend' && REPEATED.has(error.code) && pending.retries < MOST_RETRIES) {
      return ++pending.retries;
    }
    this.#take(id)?.reject(StudioError.fromBody(error));
    return undefined;
  }

  /** The connection is lost, and another one will follow. */
  lose(): void {
    for (const [id, { afterLoss }] of this.#pending) {
      if (afterLoss === 'give up') {
        this.#take(id)?.reject(new StudioError('unavailable', 'The connection was lost.'));
      }
    }
  }

  /** No connection will follow. */
  rejectAll(error: StudioError): void {
    for (const id of this.#pending.keys()) this.#take(id)?.reject(error);
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}
