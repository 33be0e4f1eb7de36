import { Component, computed, input, output } from '@angular/core';

export interface TabItem<T extends string = string> {
  readonly id: T;
  readonly title: string;
  readonly count?: number;
}

/** One of several views of the same place. The panel has the id `panel-<id>`, and is labelled by `tab-<id>`. */
@Component({
  selector: 'kss-tabs',
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
        {{ tab.title }}
        @if (tab.count) {
          <span class="count">{{ tab.count }}</span>
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
      align-items: center;
      justify-content: center;
      gap: var(--s2);
      min-height: 36px;
      padding: 0 var(--s4);
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
    .count {
      min-width: 20px;
      padding: 1px 6px;
      border-radius: 10px;
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
      font: var(--mat-sys-label-small);
      font-variant-numeric: tabular-nums;
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
