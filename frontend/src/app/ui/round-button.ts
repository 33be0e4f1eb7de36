import { Component, input } from '@angular/core';
import { Icon } from './icon.ts';

/** A round button, or link, that is an icon alone: it needs an `aria-label`. */
@Component({
  selector: 'button[kssRound], a[kssRound]',
  imports: [Icon],
  template: '<kss-icon [path]="icon()" />',
  styles: `
    :host {
      display: grid;
      flex: none;
      place-items: center;
      width: 36px;
      height: 36px;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: transparent;
      color: inherit;
      cursor: pointer;
    }
    :host(:hover:not(:disabled)) {
      background: color-mix(in srgb, currentcolor 12%, transparent);
    }
    :host(:disabled) {
      opacity: 0.35;
      cursor: default;
    }
    kss-icon {
      font-size: 14px;
    }
    /* A finger needs more room than a pointer. */
    @media (max-width: 860px) {
      :host {
        width: 44px;
        height: 44px;
      }
    }
  `,
})
export class RoundButton {
  readonly icon = input.required<string>();
}
