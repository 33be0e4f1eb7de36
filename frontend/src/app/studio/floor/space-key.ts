/** What uses the space key itself when it has the focus. */
const USES_SPACE = [
  'input, textarea, select, button, a[href], summary, [contenteditable=""], [contenteditable="true"]',
  '[role="menuitem"], [role="option"], [role="combobox"], [role="tab"], [role="switch"], [role="slider"]',
].join(', ');

/** Whether the space key is nobody else's when it is pressed there. */
export function spaceIsFree(target: EventTarget | null): boolean {
  return !(target instanceof Element) || target.closest(USES_SPACE) === null;
}
