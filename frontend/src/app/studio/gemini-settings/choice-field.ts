import { Component, computed, inject, input } from '@angular/core';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatOption, MatSelect, MatSelectTrigger } from '@angular/material/select';
import { LiveSettingsStore } from './live-settings-store.ts';
import type { SettingsDraft, SettingsField } from './settings-draft.ts';
import type { Choice } from './settings-words.ts';
import { FIELD_WORDS } from './settings-words.ts';

/** One of several values. */
@Component({
  selector: 'kss-choice-field',
  host: { '[class.reading]': '!store.mayEdit()' },
  imports: [MatFormField, MatHint, MatLabel, MatOption, MatSelect, MatSelectTrigger],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ words().title }}</mat-label>
      <mat-select
        [attr.data-testid]="'setting-' + field()"
        [value]="shown()"
        [disabled]="!store.mayEdit() || limit() !== undefined"
        (valueChange)="change($event)"
      >
        <mat-select-trigger>{{ trigger() }}</mat-select-trigger>
        @for (choice of all(); track choice.value) {
          <mat-option [value]="choice.value"
            >{{ choice.title }}
            @if (choice.detail; as detail) {
              <span class="detail">{{ detail }}</span>
            }
          </mat-option>
        }
      </mat-select>
      @if (limit() ?? words().hint; as hint) {
        <mat-hint>{{ hint }}</mat-hint>
      }
    </mat-form-field>
    @if (problem(); as words) {
      <p class="problem" role="alert">{{ words }}</p>
    }
  `,
  styleUrl: './field.scss',
})
export class ChoiceField {
  readonly field = input.required<SettingsField>();
  /** Instead of those of the field, where they depend on the studio. */
  readonly choices = input<readonly Choice[]>();
  protected readonly store = inject(LiveSettingsStore);
  protected readonly words = computed(() => FIELD_WORDS[this.field()]);
  protected readonly limit = computed(() => this.store.limits().get(this.field()));
  protected readonly problem = computed(() => this.store.problems().get(this.field()));
  protected readonly shown = computed(() => this.store.shown(this.field()));
  protected readonly all = computed(() => {
    const all = this.choices() ?? this.words().choices ?? [];
    const shown = String(this.shown());
    // What is saved may be something that is not offered any more.
    return all.some(({ value }) => value === shown) ? all : [...all, { value: shown, title: shown }];
  });
  protected readonly trigger = computed(() => {
    const chosen = this.all().find(({ value }) => value === this.shown());
    return chosen?.detail !== undefined && chosen.detail.length < 20
      ? `${chosen.title}, ${chosen.detail}`
      : chosen?.title;
  });

  protected change(value: SettingsDraft[SettingsField]): void {
    this.store.change(this.field(), value);
  }
}
