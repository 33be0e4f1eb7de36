import { Component, input } from '@angular/core';
import { Icon } from './icon.ts';

/** A small fact beside a name: an icon and a word. */
@Component({
  selector: 'kss-badge',
  imports: [Icon],
  template: `
    @if (icon(); as path) {
      <kss-icon [path]="path" />
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      align-items: center;
      gap: 4px;
      height: 22px;
      padding: 0 8px;
      border-radius: 11px;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-small);
      white-space: nowrap;
    }
    :host(.strong) {
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
    }
    :host(.attention) {
      background: var(--attention-container);
      color: var(--on-attention-container);
    }
    kss-icon {
      margin-left: -2px;
      font-size: 9px;
    }
  `,
})
export class Badge {
  readonly icon = input<string>();
}
