import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { liveModelTitle } from '@studio/contracts';
import type { ConflictRow } from '../conflict-list.ts';
import { ConflictList } from '../conflict-list.ts';
import { geminiWords } from '../gemini-words.ts';
import { RoomStore } from '../room-store.ts';
import { ChoiceField } from './choice-field.ts';
import { LiveSettingsStore } from './live-settings-store.ts';
import { SettingsJson } from './settings-json.ts';
import type { SettingsField } from './settings-draft.ts';
import type { Choice } from './settings-words.ts';
import { FIELD_WORDS, valueWords } from './settings-words.ts';
import { SwitchField } from './switch-field.ts';
import { TextField } from './text-field.ts';
import { ToolsField } from './tools-field.ts';

/** How Gemini takes part in this room: to change for those who may, to read for everybody else. */
@Component({
  selector: 'kss-settings-dialog',
  imports: [
    ChoiceField,
    ConflictList,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    SettingsJson,
    SwitchField,
    TextField,
    ToolsField,
  ],
  templateUrl: './settings-dialog.html',
  styleUrl: './settings-dialog.scss',
})
export class SettingsDialog {
  protected readonly store = inject(LiveSettingsStore);
  readonly #room = inject(RoomStore);
  protected readonly advanced = signal(false);
  protected readonly models = computed<readonly Choice[]>(() => {
    const info = this.#room.liveInfo();
    if (!info) return [];
    return [
      { value: '', title: 'The studio’s own', detail: liveModelTitle(info.model) },
      ...info.models.map((value) => ({ value, title: liveModelTitle(value) })),
    ];
  });
  protected readonly voices = computed<readonly Choice[]>(() => [
    { value: '', title: 'The studio’s own', detail: this.#room.liveInfo()?.voice ?? '' },
    ...(FIELD_WORDS.voice.choices ?? []),
  ]);
  protected readonly conflicts = computed<readonly ConflictRow<SettingsField>[]>(() =>
    this.store.taken().map((field) => ({
      field,
      title: FIELD_WORDS[field].title,
      open: this.store.conflicts().includes(field),
      theirs: valueWords(field, this.store.base()),
      mine: valueWords(field, this.store.draft()),
    })),
  );
  protected readonly status = computed(() => {
    if (this.store.busy() === 'saving') return 'Saving…';
    const count = this.store.changed().length;
    const wrong = [...this.store.problems().keys()].map((field) => FIELD_WORDS[field].title);
    if (wrong.length > 0) return `Not right yet: ${wrong.join(' · ')}`;
    if (this.store.conflicts().length > 0) return 'Decide first what was changed by both.';
    if (count > 0) return count === 1 ? '1 change is not saved.' : `${count} changes are not saved.`;
    if (!this.store.saved()) return '';
    const live = this.#room.live();
    return live.state === 'unavailable'
      ? `Saved. Gemini: ${geminiWords(live)}`
      : 'Saved. Gemini takes it over in a moment; the conversation goes on.';
  });
}
