import { Component, input } from '@angular/core';

/** An icon of `@mdi/js`; decoration only, so whatever carries it needs a name of its own. */
@Component({
  selector: 'kss-icon',
  template:
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path [attr.d]="path()" fill="currentColor" /></svg>',
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: 1.5em;
      height: 1.5em;
      font-size: 16px;
    }
    svg {
      width: 100%;
      height: 100%;
    }
  `,
})
export class Icon {
  readonly path = input.required<string>();
}
