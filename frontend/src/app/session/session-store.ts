import { Service, computed, inject, signal } from '@angular/core';
import type { StudioView, User } from '@studio/contracts';
import { errorWords } from '../ui/error-words.ts';
import { STUDIO_API } from './studio-api.token.ts';

/** What this studio is, and who is signed in to it. */
@Service()
export class SessionStore {
  readonly #api = inject(STUDIO_API);
  readonly #studio = signal<StudioView | undefined>(undefined);
  readonly #user = signal<User | undefined>(undefined);
  readonly #problem = signal<string | undefined>(undefined);

  /** Undefined until it is loaded. */
  readonly studio = this.#studio.asReadonly();
  /** Undefined when nobody is signed in. */
  readonly user = this.#user.asReadonly();
  /** Why the studio could not be loaded. */
  readonly problem = this.#problem.asReadonly();
  readonly signedIn = computed(() => this.#user() !== undefined);

  /** Never rejects: a failure shows as {@link problem}, so that the page can offer another attempt. */
  async load(): Promise<void> {
    this.#problem.set(undefined);
    try {
      const [studio, user] = await Promise.all([this.#api.studio(), this.#api.session()]);
      this.#user.set(user);
      this.#studio.set(studio);
    } catch (error) {
      this.#problem.set(errorWords(error));
    }
  }

  /** @throws StudioError */
  async signIn(name: string): Promise<void> {
    this.#user.set(await this.#api.signIn(name));
  }

  /** @throws StudioError */
  async signOut(): Promise<void> {
    await this.#api.signOut();
    this.#user.set(undefined);
  }

  /** The server no longer knows this session. */
  expired(): void {
    this.#user.set(undefined);
  }
}
