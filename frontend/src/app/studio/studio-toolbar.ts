import { Component, computed, inject, input, output } from '@angular/core';
import { MatSlider, MatSliderThumb } from '@angular/material/slider';
import { MatTooltip } from '@angular/material/tooltip';
import {
  mdiMicrophone,
  mdiMicrophoneOff,
  mdiMonitorOff,
  mdiMonitorShare,
  mdiPhoneHangup,
  mdiStop,
  mdiVideo,
  mdiVideoOff,
  mdiVolumeHigh,
  mdiVolumeOff,
} from '@mdi/js';
import type { MediaState } from '@studio/contracts';
import { MediaPreferences } from '../media/media-preferences.ts';
import { Icon } from '../ui/icon.ts';

/** What this person does in the room: speak, show, quieten, leave. */
@Component({
  selector: 'kss-studio-toolbar',
  imports: [Icon, MatSlider, MatSliderThumb, MatTooltip],
  host: {
    role: 'toolbar',
    'aria-label': 'Your controls',
    // A click takes the focus away from nothing: the space key goes on to mean what it meant.
    '(mousedown)': 'keepFocus($event)',
  },
  templateUrl: './studio-toolbar.html',
  styleUrl: './studio-toolbar.scss',
})
export class StudioToolbar {
  readonly sending = input.required<MediaState>();
  readonly allowed = input.required<MediaState>();
  readonly starting = input.required<boolean>();
  readonly speaking = input.required<boolean>();
  readonly microphone = output();
  readonly camera = output();
  readonly screen = output();
  readonly interrupt = output();
  readonly leave = output();

  protected readonly preferences = inject(MediaPreferences);
  protected readonly canShowScreen =
    'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
  protected readonly percent = computed(() => Math.round(this.preferences.volume() * 100));
  protected readonly volumeIcon = computed(() => (this.percent() === 0 ? mdiVolumeOff : mdiVolumeHigh));
  protected readonly icons = {
    mdiMicrophone,
    mdiMicrophoneOff,
    mdiMonitorOff,
    mdiMonitorShare,
    mdiPhoneHangup,
    mdiStop,
    mdiVideo,
    mdiVideoOff,
  };

  protected keepFocus(event: MouseEvent): void {
    if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
  }

  protected readonly percentLabel = (percent: number): string => `${percent} %`;
}
