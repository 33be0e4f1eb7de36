/** What people type into, or choose with the space key. */
const TYPES = [
  'input, textarea, select, [contenteditable=""], [contenteditable="true"]',
  '[role="menuitem"], [role="option"], [role="combobox"], [role="switch"], [role="slider"]',
].join(', ');

/** What the space key presses. */
const PRESSES = 'button, a[href], summary, [role="tab"]';

/**
 * Whether the space key is nobody else's when it is pressed there.
 * @param clicked what has the focus from a click: whoever clicked a button, on the camera say, does not mean it with the space key
 */
export function spaceIsFree(target: EventTarget | null, clicked: Element | null): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest(TYPES) !== null) return false;
  return target === clicked || target.closest(PRESSES) === null;
}

/** The element with the focus, when that came from a click; later, any key makes the focus visible. */
export function clickedOf(focused: EventTarget | null): Element | null {
  return focused instanceof Element && !focused.matches(':focus-visible') ? focused : null;
}
