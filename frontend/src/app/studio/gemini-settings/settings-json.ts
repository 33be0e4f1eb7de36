import { Clipboard } from '@angular/cdk/clipboard';
import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LiveSettingsStore } from './live-settings-store.ts';

/** The settings as they are saved and sent to the services, to look at or to copy. */
@Component({
  selector: 'kss-settings-json',
  imports: [MatButton],
  template: `
    <details>
      <summary data-testid="settings-json">Setup as JSON</summary>
      @if (json(); as text) {
        <pre tabindex="0" aria-label="Setup as JSON">{{ text }}</pre>
        <button matButton type="button" (click)="copy(text)">{{ copied() ? 'Copied' : 'Copy' }}</button>
      } @else {
        <p>What is typed above is no setup yet.</p>
      }
    </details>
  `,
  styles: `
    summary {
      padding: var(--s2) 0;
      color: var(--mat-sys-primary);
      font: var(--mat-sys-label-large);
      cursor: pointer;
    }
    pre {
      overflow: auto;
      max-height: 300px;
      padding: var(--s3) var(--s4);
      margin: var(--s2) 0;
      border-radius: var(--radius);
      background: var(--mat-sys-surface-container);
      font:
        12px/1.55 ui-monospace,
        'SFMono-Regular',
        Menlo,
        Consolas,
        monospace;
      white-space: pre-wrap;
    }
  `,
})
export class SettingsJson {
  readonly #store = inject(LiveSettingsStore);
  readonly #clipboard = inject(Clipboard);
  protected readonly json = computed(() => {
    const settings = this.#store.settings();
    return settings && JSON.stringify(settings, undefined, 2);
  });

  readonly #copied = signal<string | undefined>(undefined);
  protected readonly copied = computed(() => this.#copied() !== undefined && this.#copied() === this.json());

  protected copy(text: string): void {
    if (this.#clipboard.copy(text)) this.#copied.set(text);
  }
}
