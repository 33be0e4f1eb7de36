import { SignedInView } from '@studio/contracts';
import type { User } from '@studio/contracts';

/** Somebody who is signed in to a studio and asks its HTTP API. */
export class Visitor {
  readonly user: User;
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, user: User, cookie: string) {
    this.#url = url;
    this.user = user;
    this.#cookie = cookie;
  }

  static async signIn(url: string): Promise<Visitor> {
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ada' }),
    });
    const { user } = SignedInView.parse(await answer.json());
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return new Visitor(url, user, cookie);
  }

  /** Milliseconds until the whole answer is here, and its size. @throws when it is none of success */
  async ask(path: string): Promise<{ ms: number; bytes: number }> {
    const begun = performance.now();
    const answer = await fetch(`${this.#url}/api/${path}`, { headers: { cookie: this.#cookie } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    let bytes = 0;
    for await (const chunk of answer.body ?? []) bytes += (chunk as Uint8Array).byteLength;
    return { ms: performance.now() - begun, bytes };
  }
}
