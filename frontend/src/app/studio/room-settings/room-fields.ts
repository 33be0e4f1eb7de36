import { Component, inject } from '@angular/core';
import { MatFormField, MatHint, MatLabel, MatSuffix } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { LIMITS } from '@studio/contracts';
import { VISIBILITIES } from '../../rooms/room-words.ts';
import { ConflictList } from '../conflict-list.ts';
import { RoomSettingsStore } from './room-settings-store.ts';

const DOORS = [
  {
    field: 'locked',
    title: 'Locked',
    detail: 'Nobody enters who has not been in the room before, not even with an invite.',
  },
  {
    field: 'lobby',
    title: 'Lobby',
    detail: 'Newcomers without an invite wait until an owner or a moderator lets them in.',
  },
  { field: 'passcode', title: 'Passcode', detail: 'Newcomers without an invite need it.' },
] as const;

/** Name, door and memory of the room: to change for those who may, to read for everybody else. */
@Component({
  selector: 'kss-room-fields',
  imports: [
    ConflictList,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    MatRadioButton,
    MatRadioGroup,
    MatSlideToggle,
    MatSuffix,
  ],
  host: { '[class.reading]': '!store.mayEdit()' },
  templateUrl: './room-fields.html',
  styleUrls: ['../gemini-settings/field.scss', './room-fields.scss'],
})
export class RoomFields {
  protected readonly store = inject(RoomSettingsStore);
  protected readonly longest = LIMITS.nameCharacters;
  protected readonly doors = DOORS;
  protected readonly visibilities = VISIBILITIES;
}
