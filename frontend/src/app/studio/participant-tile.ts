import { Component, computed, input } from '@angular/core';
import { mdiMicrophoneOff } from '@mdi/js';
import type { Participant } from '@studio/contracts';
import { loudness } from '../media/loudness.ts';
import { OwnVideo } from '../media/own-video.ts';
import { Picture } from '../media/picture.ts';
import { Avatar } from '../ui/avatar.ts';
import { personColour } from '../ui/person-colour.ts';
import { Icon } from '../ui/icon.ts';

/** A person in the room. */
@Component({
  selector: 'kss-participant-tile',
  imports: [Avatar, Icon, OwnVideo, Picture],
  host: {
    'data-testid': 'participant',
    '[attr.data-participant-id]': 'participant().id',
    '[attr.data-speaking]': 'speaking()',
    '[attr.data-state]': 'participant().state',
    '[class.speaking]': 'speaking()',
    '[class.away]': 'away()',
    '[style.--ring]': 'ring()',
    '[style.--colour]': 'colour()',
    class: 'tile',
  },
  template: `
    @if (ownCamera(); as stream) {
      <kss-own-video class="camera" [stream]="stream" [mirrored]="true" label="Your camera" />
    } @else if (picture(); as image) {
      <kss-picture class="camera" [picture]="image" [label]="'Camera of ' + participant().name" />
    } @else {
      <kss-avatar [id]="participant().id" [name]="participant().name" />
    }
    <div class="label">
      @if (!participant().media.microphone) {
        <kss-icon [path]="mutedIcon" />
        <span class="visually-hidden">Microphone off:</span>
      }
      <span class="name">{{ participant().name }}</span>
      @if (self()) {
        <span class="you">you</span>
      }
      @if (away()) {
        <span class="you">away</span>
      }
    </div>
    <i class="ring" aria-hidden="true"></i>
  `,
  styleUrl: './participant-tile.scss',
})
export class ParticipantTile {
  readonly participant = input.required<Participant>();
  readonly self = input.required<boolean>();
  readonly speaking = input.required<boolean>();
  /** Of what is heard of this person, root mean square from 0 to 1. */
  readonly level = input.required<number>();
  readonly picture = input<ImageBitmap>();
  readonly ownCamera = input<MediaStream>();
  protected readonly away = computed(() => this.participant().state === 'away');
  protected readonly ring = computed(() => (this.speaking() ? loudness(this.level()) : 0));
  protected readonly colour = computed(() => personColour(this.participant().id));
  protected readonly mutedIcon = mdiMicrophoneOff;
}
