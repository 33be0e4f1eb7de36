import { signal } from '@angular/core';

/** So long is it said that a link is copied, in milliseconds. */
const COPIED_MS = 2_500;

/** Copies links, and says so. */
export class LinkCopy {
  readonly #copied = signal<string | undefined>(undefined);
  readonly #byHand = signal<string | undefined>(undefined);
  /** The link that was copied a moment ago. */
  readonly copied = this.#copied.asReadonly();
  /** The link to copy by hand, where the browser does not let the page write to the clipboard. */
  readonly byHand = this.#byHand.asReadonly();

  async copy(link: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      this.#byHand.set(link);
      return;
    }
    this.#copied.set(link);
    setTimeout(() => this.#copied.update((copied) => (copied === link ? undefined : copied)), COPIED_MS);
  }

  /** Of the field that shows the link: a tap is enough to have it all selected. */
  select({ target }: Event): void {
    if (target instanceof HTMLInputElement) target.select();
  }
}
