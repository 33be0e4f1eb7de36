import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import { Component, computed, inject, input } from '@angular/core';
import { MatFormField, MatHint, MatLabel, MatSuffix } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { LiveSettingsStore } from './live-settings-store.ts';
import type { SettingsField } from './settings-draft.ts';
import { FIELD_WORDS } from './settings-words.ts';

/** Something that is typed: what is wrong with it is said, and it stays as it was typed. */
@Component({
  selector: 'kss-text-field',
  host: { '[class.reading]': '!store.mayEdit()' },
  imports: [CdkTextareaAutosize, MatFormField, MatHint, MatInput, MatLabel, MatSuffix],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic" [class.wrong]="problem()">
      <mat-label>{{ words().title }}</mat-label>
      @if (long()) {
        <textarea
          matInput
          cdkTextareaAutosize
          cdkAutosizeMinRows="4"
          cdkAutosizeMaxRows="12"
          [attr.data-testid]="'setting-' + field()"
          [attr.aria-invalid]="problem() !== undefined"
          [value]="shown()"
          [disabled]="disabled()"
          (input)="change($event)"
        ></textarea>
      } @else {
        <input
          matInput
          autocomplete="off"
          [attr.inputmode]="words().unit ? 'decimal' : null"
          [attr.data-testid]="'setting-' + field()"
          [attr.aria-invalid]="problem() !== undefined"
          [value]="shown()"
          [disabled]="disabled()"
          (input)="change($event)"
        />
      }
      @if (words().unit; as unit) {
        <span class="unit" matTextSuffix>{{ unit }}</span>
      }
      @if (limit() ?? words().hint; as hint) {
        <mat-hint>{{ hint }}</mat-hint>
      }
    </mat-form-field>
    @if (problem(); as words) {
      <p class="problem" role="alert" [attr.data-testid]="'problem-' + field()">{{ words }}</p>
    }
  `,
  styleUrl: './field.scss',
})
export class TextField {
  readonly field = input.required<SettingsField>();
  /** Several lines. */
  readonly long = input(false);
  protected readonly store = inject(LiveSettingsStore);
  protected readonly words = computed(() => FIELD_WORDS[this.field()]);
  protected readonly limit = computed(() => this.store.limits().get(this.field()));
  protected readonly problem = computed(() => this.store.problems().get(this.field()));
  protected readonly disabled = computed(() => !this.store.mayEdit() || this.limit() !== undefined);
  protected readonly shown = computed(() => String(this.store.shown(this.field())));

  protected change({ target }: Event): void {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      this.store.change(this.field(), target.value);
  }
}
