import { Component, computed, inject, input } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { LiveSettingsStore } from './live-settings-store.ts';
import type { SettingsField } from './settings-draft.ts';
import { FIELD_WORDS } from './settings-words.ts';

/** Something that is on or off. */
@Component({
  selector: 'kss-switch-field',
  host: { '[class.reading]': '!store.mayEdit()' },
  imports: [MatSlideToggle],
  template: `
    <mat-slide-toggle
      [attr.data-testid]="'setting-' + field()"
      [checked]="on()"
      [disabled]="!store.mayEdit() || limit() !== undefined"
      (change)="store.change(field(), $event.checked)"
    >
      <span class="title">{{ words().title }}</span>
      @if (limit() ?? words().hint; as hint) {
        <span class="detail">{{ hint }}</span>
      }
    </mat-slide-toggle>
    @if (problem(); as words) {
      <p class="problem" role="alert">{{ words }}</p>
    }
  `,
  styleUrl: './field.scss',
})
export class SwitchField {
  readonly field = input.required<SettingsField>();
  protected readonly store = inject(LiveSettingsStore);
  protected readonly words = computed(() => FIELD_WORDS[this.field()]);
  protected readonly limit = computed(() => this.store.limits().get(this.field()));
  protected readonly problem = computed(() => this.store.problems().get(this.field()));
  protected readonly on = computed(() => this.store.draft()[this.field()] === true);
}
