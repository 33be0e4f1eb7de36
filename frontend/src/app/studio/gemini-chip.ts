import { Component, computed, input } from '@angular/core';
import type { LiveStatus } from '@studio/contracts';
import { geminiWords } from './gemini-words.ts';

/** What Gemini does now, in the header. */
@Component({
  selector: 'kss-gemini-chip',
  host: {
    'data-testid': 'gemini-state',
    role: 'status',
    '[attr.data-state]': 'status().state',
    '[title]': '"Gemini: " + words()',
  },
  template:
    '<i aria-hidden="true"></i><span class="who">Gemini</span><span class="words">{{ words() }}</span>',
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-width: 0;
      min-height: 28px;
      padding: 0 12px 0 10px;
      border-radius: 14px;
      background: var(--mat-sys-surface-container-high);
      font: var(--mat-sys-label-medium);
      white-space: nowrap;
    }
    i {
      flex: none;
      width: 10px;
      height: 10px;
      border-radius: 50%;
      background: var(--gemini);
    }
    .words {
      overflow: hidden;
      min-width: 62px;
      max-width: 34ch;
      color: var(--mat-sys-on-surface-variant);
      text-overflow: ellipsis;
    }
    :host([data-state='idle']) i {
      background: var(--mat-sys-outline);
    }
    :host([data-state='connecting']) i,
    :host([data-state='thinking']) i {
      animation: blink 0.7s ease-in-out infinite alternate;
    }
    :host([data-state='unavailable']) {
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
    :host([data-state='unavailable']) i {
      background: var(--mat-sys-error);
    }
    :host([data-state='unavailable']) .words {
      color: inherit;
    }
    @keyframes blink {
      to {
        opacity: 0.25;
      }
    }
    @media (max-width: 600px) {
      .who {
        display: none;
      }
      .words {
        max-width: 16ch;
      }
    }
  `,
})
export class GeminiChip {
  readonly status = input.required<LiveStatus>();
  protected readonly words = computed(() => geminiWords(this.status()));
}
