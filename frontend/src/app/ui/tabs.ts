import { Component, computed, input, output } from '@angular/core';
import { Icon } from './icon.ts';

export interface TabItem<T extends string = string> {
  readonly id: T;
  readonly title: string;
  readonly icon?: string;
  readonly count?: number;
  /** How many wait for an answer there. */
  readonly waiting?: number;
  /** What is new there, in words; it is shown as a dot. */
  readonly news?: string;
}

/** One of several views of the same place. The panel has the id `panel-<id>`, and is labelled by `tab-<id>`. */
@Component({
  selector: 'kss-tabs',
  imports: [Icon],
  host: { role: 'tablist', '[attr.aria-label]': 'label()' },
  template: `
    @for (tab of tabs(); track tab.id) {
      <button
        type="button"
        role="tab"
        [id]="'tab-' + tab.id"
        [attr.data-testid]="'tab-' + tab.id"
        [attr.aria-selected]="tab.id === chosen()"
        [attr.aria-controls]="'panel-' + tab.id"
        [attr.tabindex]="tab.id === chosen() ? 0 : -1"
        (click)="choose.emit(tab.id)"
        (keydown)="onKey($event)"
      >
        @if (tab.icon; as icon) {
          <kss-icon [path]="icon" />
        }
        {{ tab.title }}
        @if (tab.count) {
          <span class="count">{{ tab.count }}</span>
        }
        @if (tab.waiting) {
          <span class="waiting">{{ tab.waiting }}<span class="visually-hidden"> waiting</span></span>
        }
        @if (tab.news; as news) {
          <i class="dot"></i><span class="visually-hidden">{{ news }}</span>
        }
      </button>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 2px;
      max-width: 100%;
      padding: 4px;
      overflow-x: auto;
      border-radius: 14px;
      background: color-mix(in srgb, var(--mat-sys-on-surface) 6%, transparent);
      scrollbar-width: none;
    }
    button {
      display: inline-flex;
      flex: 1 0 auto;
      align-items: center;
      justify-content: center;
      gap: var(--s2);
      min-height: 36px;
      padding: 0 var(--s3);
      border: 0;
      border-radius: 10px;
      background: transparent;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
      white-space: nowrap;
      cursor: pointer;
    }
    button:hover {
      color: var(--mat-sys-on-surface);
    }
    button[aria-selected='true'] {
      background: var(--mat-sys-surface-container-lowest);
      box-shadow: 0 1px 3px rgb(16 20 40 / 14%);
      color: var(--mat-sys-on-surface);
    }
    button:focus-visible {
      outline-offset: -2px;
    }
    kss-icon {
      font-size: 12px;
    }
    .count {
      font: var(--mat-sys-label-medium);
      font-variant-numeric: tabular-nums;
    }
    .waiting {
      min-width: 20px;
      padding: 1px 6px;
      border-radius: 10px;
      background: var(--mat-sys-primary);
      color: var(--mat-sys-on-primary);
      font: var(--mat-sys-label-small);
      font-variant-numeric: tabular-nums;
    }
    .dot {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--mat-sys-primary);
    }
    @media (max-width: 860px) {
      button {
        min-height: 44px;
      }
      kss-icon {
        display: none;
      }
    }
    @media (prefers-color-scheme: dark) {
      button[aria-selected='true'] {
        background: var(--mat-sys-surface-container-highest);
      }
    }
  `,
})
export class Tabs {
  readonly tabs = input.required<readonly TabItem[]>();
  readonly chosen = input.required<string>();
  readonly label = input.required<string>();
  readonly choose = output<string>();
  readonly #ids = computed(() => this.tabs().map(({ id }) => id));

  /** Arrow keys go from tab to tab, as in every tab list. */
  protected onKey(event: KeyboardEvent): void {
    const ids = this.#ids();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
    const next = ids[(ids.indexOf(this.chosen()) + step + ids.length) % ids.length];
    if (next === undefined) return;
    event.preventDefault();
    this.choose.emit(next);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  }
}
