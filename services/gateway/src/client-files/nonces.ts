import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** One unguessable word per answer, which its Content Security Policy and its page share. */
export class Nonces {
  private readonly nonces = new WeakMap<ServerResponse, string>();

  readonly of = (response: ServerResponse): string => {
    const nonce = this.nonces.get(response) ?? randomBytes(16).toString('base64');
    this.nonces.set(response, nonce);
    return nonce;
  };
}
