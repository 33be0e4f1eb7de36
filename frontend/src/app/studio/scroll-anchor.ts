/** So many children are remembered, because one of them may go: a date, what is being spoken. */
const CANDIDATES = 4;

/** Keeps what a reader looks at where it is while other things come and go above it. */
export class ScrollAnchor {
  #places: readonly { readonly element: Element; readonly top: number }[] = [];

  /** The first children in view, and where they are. */
  remember(viewport: Element, children: HTMLCollection): void {
    const { top } = viewport.getBoundingClientRect();
    const first = firstBelow(children, top);
    this.#places = Array.from({ length: CANDIDATES }, (_, i) => children[first + i])
      .filter((element) => element !== undefined)
      .map((element) => ({ element, top: element.getBoundingClientRect().top - top }));
  }

  /** Scrolls so that the first remembered child that is still there is where it was. */
  restore(viewport: Element): void {
    const place = this.#places.find(({ element }) => element.isConnected);
    if (!place) return;
    const top = place.element.getBoundingClientRect().top - viewport.getBoundingClientRect().top;
    if (Math.abs(top - place.top) >= 1) viewport.scrollTop += top - place.top;
  }
}

/** Index of the first child that ends below this line. Binary search: the children stand one below the other. */
function firstBelow(children: HTMLCollection, top: number): number {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle;
    else low = middle + 1;
  }
  return low;
}
