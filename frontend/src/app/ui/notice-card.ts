import { Component, input } from '@angular/core';
import { Icon } from './icon.ts';

/** What stands in the place of something that is not there: an icon, a sentence, a way on as its content. */
@Component({
  selector: 'kss-notice-card',
  imports: [Icon],
  template: `
    <kss-icon [path]="icon()" />
    <h2>{{ heading() }}</h2>
    @if (text(); as words) {
      <p>{{ words }}</p>
    }
    <div class="actions"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: var(--s2);
      padding: var(--s7) var(--s5);
      color: var(--mat-sys-on-surface-variant);
      text-align: center;
    }
    kss-icon {
      margin-bottom: var(--s2);
      padding: 14px;
      box-sizing: content-box;
      border-radius: 50%;
      background: var(--mat-sys-surface-container);
      color: var(--mat-sys-primary);
    }
    h2 {
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-title-large);
    }
    p {
      max-width: 46ch;
      text-wrap: pretty;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: var(--s3);
      margin-top: var(--s4);
    }
    .actions:empty {
      display: none;
    }
  `,
})
export class NoticeCard {
  readonly icon = input.required<string>();
  readonly heading = input.required<string>();
  readonly text = input<string>();
}
