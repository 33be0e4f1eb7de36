/** Keeps what a reader looks at where it is while other things come and go above it. */
export class ScrollAnchor {
  #element: Element | undefined;
  #top = 0;

  /** The first child that is in view, and where it is. */
  remember(viewport: Element, children: HTMLCollection): void {
    const { top } = viewport.getBoundingClientRect();
    this.#element = firstBelow(children, top);
    this.#top = this.#element ? this.#element.getBoundingClientRect().top - top : 0;
  }

  /** Scrolls so that the remembered child is where it was. Does nothing when it is gone. */
  restore(viewport: Element): void {
    if (!this.#element?.isConnected) return;
    const top = this.#element.getBoundingClientRect().top - viewport.getBoundingClientRect().top;
    if (Math.abs(top - this.#top) >= 1) viewport.scrollTop += top - this.#top;
  }
}

/** Binary search: the children stand one below the other. */
function firstBelow(children: HTMLCollection, top: number): Element | undefined {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle;
    else low = middle + 1;
  }
  return children[low];
}
