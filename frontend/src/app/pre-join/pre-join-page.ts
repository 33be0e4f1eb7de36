import { Component, DestroyRef, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { Router, RouterLink } from '@angular/router';
import {
  mdiAccountLockOutline,
  mdiCloudOffOutline,
  mdiDoorClosed,
  mdiMicrophone,
  mdiMicrophoneOff,
  mdiVideo,
  mdiVideoOff,
} from '@mdi/js';
import { LIMITS } from '@studio/contracts';
import { AudioEngine } from '../media/audio-engine.ts';
import { Camera } from '../media/camera.ts';
import { Devices } from '../media/devices.ts';
import { MediaPreferences } from '../media/media-preferences.ts';
import { Microphone } from '../media/microphone.ts';
import { OwnVideo } from '../media/own-video.ts';
import { SessionStore } from '../session/session-store.ts';
import { UserMenu } from '../session/user-menu.ts';
import { RememberedJoins } from '../studio/join-choices.ts';
import { Avatar } from '../ui/avatar.ts';
import { Brand } from '../ui/brand.ts';
import { errorWords } from '../ui/error-words.ts';
import { Icon } from '../ui/icon.ts';
import { LiveBadge } from '../ui/live-badge.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { DeviceSelect } from './device-select.ts';
import { LevelMeter } from './level-meter.ts';
import { RoomLookup } from './room-lookup.ts';

/** Before a person joins a room: who they are, what they are heard and seen with. */
@Component({
  selector: 'kss-pre-join-page',
  imports: [
    Avatar,
    Brand,
    DeviceSelect,
    Icon,
    LevelMeter,
    LiveBadge,
    MatButton,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    MatSlideToggle,
    NoticeCard,
    OwnVideo,
    RouterLink,
    UserMenu,
  ],
  providers: [RoomLookup],
  templateUrl: './pre-join-page.html',
  styleUrl: './pre-join-page.scss',
})
export class PreJoinPage {
  readonly roomId = input.required<string>();

  protected readonly session = inject(SessionStore);
  protected readonly lookup = inject(RoomLookup);
  protected readonly devices = inject(Devices);
  protected readonly preferences = inject(MediaPreferences);
  protected readonly microphone = inject(Microphone);
  protected readonly camera = inject(Camera);
  readonly #engine = inject(AudioEngine);
  readonly #joins = inject(RememberedJoins);
  readonly #router = inject(Router);
  #joined = false;

  protected readonly longest = LIMITS.nameCharacters;
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly wantsMicrophone = signal(true);
  protected readonly wantsCamera = signal(false);
  protected readonly shownName = computed(() => this.session.user()?.name ?? (this.name().trim() || '?'));
  protected readonly ready = computed(
    () =>
      !this.busy() &&
      (this.session.signedIn() || (this.name().trim() !== '' && this.session.studio()?.guests === true)),
  );
  protected readonly icons = {
    mdiAccountLockOutline,
    mdiCloudOffOutline,
    mdiDoorClosed,
    mdiMicrophone,
    mdiMicrophoneOff,
    mdiVideo,
    mdiVideoOff,
  };

  constructor() {
    effect(() => {
      const roomId = this.roomId();
      if (this.session.signedIn()) untracked(() => void this.lookup.find(roomId));
    });
    effect(() => {
      // Chosen anew: open the other device.
      this.preferences.microphoneId();
      this.preferences.voiceProcessing();
      if (this.wantsMicrophone()) untracked(() => void this.microphone.start());
      else untracked(() => this.microphone.stop());
    });
    effect(() => {
      this.preferences.cameraId();
      if (this.wantsCamera()) untracked(() => void this.camera.start());
      else untracked(() => this.camera.stop());
    });
    this.microphone.setMuted(false);
    inject(DestroyRef).onDestroy(() => {
      if (this.#joined) return;
      this.microphone.stop();
      this.camera.stop();
    });
  }

  protected async join(): Promise<void> {
    if (!this.ready()) return;
    this.#engine.unlock();
    this.busy.set(true);
    this.problem.set(undefined);
    try {
      if (!this.session.signedIn()) await this.session.signIn(this.name());
      if (!(await this.lookup.find(this.roomId()))) return;
      this.#joined = true;
      this.#joins.set(this.roomId(), {
        microphone: this.wantsMicrophone() && this.microphone.problem() === undefined,
        camera: this.wantsCamera() && this.camera.problem() === undefined,
      });
      await this.#router.navigate(['/rooms', this.roomId()], { replaceUrl: true });
    } catch (error) {
      this.problem.set(errorWords(error));
    } finally {
      this.busy.set(false);
    }
  }

  protected retryMicrophone(): void {
    void this.microphone.start();
  }

  protected retryCamera(): void {
    void this.camera.start();
  }
}
