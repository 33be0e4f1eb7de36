import { Component, computed, input } from '@angular/core';
import { mdiFlaskOutline, mdiCreationOutline } from '@mdi/js';
import type { LiveInfo } from '@studio/contracts';
import { Icon } from './icon.ts';

/** Says whether the real Gemini answers, and which model, or the offline demo. */
@Component({
  selector: 'kss-live-badge',
  imports: [Icon],
  host: {
    'data-testid': 'live-badge',
    '[attr.data-engine]': 'info().engine',
    '[class.demo]': '!real()',
    '[title]': 'explanation()',
  },
  template: `
    <kss-icon [path]="icon()" />
    <span>{{ real() ? info().model : 'Offline demo' }}</span>
    <span class="visually-hidden">. {{ explanation() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-height: 28px;
      padding: 0 var(--s3) 0 var(--s2);
      border-radius: 14px;
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
      font: var(--mat-sys-label-medium);
      white-space: nowrap;
    }
    :host(.demo) {
      background: var(--attention-container);
      color: var(--on-attention-container);
    }
    kss-icon {
      font-size: 11px;
    }
  `,
})
export class LiveBadge {
  readonly info = input.required<LiveInfo>();
  protected readonly real = computed(() => this.info().engine === 'gemini');
  protected readonly icon = computed(() => (this.real() ? mdiCreationOutline : mdiFlaskOutline));
  protected readonly explanation = computed(() =>
    this.real()
      ? `Gemini answers with the model ${this.info().model}.`
      : 'An offline stand-in answers instead of Gemini: no Google account is connected.',
  );
}
