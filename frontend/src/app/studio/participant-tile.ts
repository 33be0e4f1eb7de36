import { Component, computed, input } from '@angular/core';
import { mdiEarHearing, mdiHandBackRight, mdiMicrophoneOff } from '@mdi/js';
import type { Participant } from '@studio/contracts';
import { loudness } from '../media/loudness.ts';
import { OwnVideo } from '../media/own-video.ts';
import { Picture } from '../media/picture.ts';
import { Avatar } from '../ui/avatar.ts';
import { personColour } from '../ui/person-colour.ts';
import { Icon } from '../ui/icon.ts';

/** A person in the room; what one may do about them is its content. */
@Component({
  selector: 'kss-participant-tile',
  imports: [Avatar, Icon, OwnVideo, Picture],
  host: {
    'data-testid': 'participant',
    '[attr.data-participant-id]': 'participant().id',
    '[attr.data-speaking]': 'speaking()',
    '[attr.data-state]': 'participant().state',
    '[class.speaking]': 'speaking()',
    '[attr.data-heard]': 'heard()',
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
    <div class="badges">
      @if (hand(); as place) {
        <span class="badge hand" data-testid="tile-hand"
          ><kss-icon [path]="icons.mdiHandBackRight" />{{ place
          }}<span class="visually-hidden"> in the queue of raised hands</span></span
        >
      }
      @if (heard()) {
        <span class="badge heard" data-testid="tile-heard"
          ><kss-icon [path]="icons.mdiEarHearing" /><span class="words">Gemini hears</span></span
        >
      }
    </div>
    <div class="corner"><ng-content /></div>
    <div class="label">
      @if (!participant().media.microphone) {
        <kss-icon [path]="icons.mdiMicrophoneOff" />
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
  /** Which one in the queue of raised hands; undefined when the hand is down. */
  readonly hand = input<number>();
  /** By Gemini, or about to be: this person has the floor. */
  readonly heard = input(false);
  readonly picture = input<ImageBitmap>();
  readonly ownCamera = input<MediaStream>();
  protected readonly away = computed(() => this.participant().state === 'away');
  protected readonly ring = computed(() => (this.speaking() ? loudness(this.level()) : 0));
  protected readonly colour = computed(() => personColour(this.participant().id));
  protected readonly icons = { mdiEarHearing, mdiHandBackRight, mdiMicrophoneOff };
}
