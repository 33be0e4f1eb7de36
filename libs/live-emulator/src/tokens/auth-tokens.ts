import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { Refusal } from '../session/refusal.ts';
import type { Setup } from '../session/setup.ts';
import { constrain } from './constraints.ts';
import type { TokenTerms } from './token-request.ts';

/** What the name of every token begins with. */
const TOKEN_PREFIX = 'auth_tokens/';
/** The oldest go first beyond this number. */
const MAX_TOKENS = 10_000;

/** Whether a credential is, or was, a token. */
export function isTokenName(credential: string | null): boolean {
  return credential?.startsWith(TOKEN_PREFIX) === true;
}

/** A credential that a browser may have: good for a short time, and for little. */
export class AuthToken {
  readonly #clock: Clock;
  readonly #terms: TokenTerms;
  #used = 0;

  constructor(clock: Clock, terms: TokenTerms) {
    this.#clock = clock;
    this.#terms = terms;
  }

  /** When its last message may be sent, emulated time. */
  get expiresAt(): number {
    return this.#terms.expiresAt;
  }

  get hasExpired(): boolean {
    return this.#clock.now() >= this.#terms.expiresAt;
  }

  /**
   * Uses the token for a session, or for one that is resumed, which counts as no use.
   * @returns the setup that the token makes of the one that was asked for
   * @throws Refusal when there is no use left, or it is too late for a new session
   */
  admit(asked: Setup): Setup {
    const { uses, newSessionsUntil, constraints } = this.#terms;
    const setup = constraints ? constrain(asked, constraints) : asked;
    if (setup.sessionResumption?.handle) return setup;
    if (this.#clock.now() >= newSessionsUntil) {
      throw new Refusal(1008, 'The auth token takes no new sessions any more.');
    }
    if (this.#used >= uses) throw new Refusal(1008, 'The auth token has no uses left.');
    this.#used += 1;
    return setup;
  }
}

/** The ephemeral tokens of an emulator. */
export class AuthTokens {
  readonly #clock: Clock;
  readonly #tokens = new Map<string, AuthToken>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes a token and gives its name, which is the credential. */
  create(terms: TokenTerms): string {
    const name = TOKEN_PREFIX + randomBytes(32).toString('hex');
    this.#tokens.set(name, new AuthToken(this.#clock, terms));
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > MAX_TOKENS && oldest !== undefined) this.#tokens.delete(oldest);
    return name;
  }

  clear(): void {
    this.#tokens.clear();
  }

  /** The token of a credential; null when it is none, or has expired. */
  find(credential: string | null): AuthToken | null {
    const token = credential === null ? undefined : this.#tokens.get(credential);
    return token === undefined || token.hasExpired ? null : token;
  }
}
