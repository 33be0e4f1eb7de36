import { Component, DestroyRef, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { Router, RouterLink } from '@angular/router';
import {
  mdiAccountCancelOutline,
  mdiAccountLockOutline,
  mdiCloudOffOutline,
  mdiDoorClosed,
  mdiMicrophone,
  mdiMicrophoneOff,
  mdiVideo,
  mdiVideoOff,
} from '@mdi/js';
import type { RoomView } from '@studio/contracts';
import { may } from '@studio/contracts';
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
import { errorWords } from '../ui/error-words.ts';
import { Icon } from '../ui/icon.ts';
import { LiveBadge } from '../ui/live-badge.ts';
import { NameField } from '../ui/name-field.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { PageHead } from '../ui/page-head.ts';
import { RoomActions } from '../rooms/room-actions.ts';
import { DeviceSelect } from './device-select.ts';
import { Entrance } from './entrance.ts';
import { barredWords, isBarred } from './entry-words.ts';
import { KeptInvites } from './kept-invites.ts';
import { LevelMeter } from './level-meter.ts';
import { RoomLookup } from './room-lookup.ts';

/** Before a person joins a room: who they are, what they are heard and seen with. */
@Component({
  selector: 'kss-pre-join-page',
  imports: [
    Avatar,
    DeviceSelect,
    Icon,
    LevelMeter,
    LiveBadge,
    MatButton,
    MatFormField,
    MatInput,
    MatLabel,
    MatSlideToggle,
    NameField,
    NoticeCard,
    OwnVideo,
    PageHead,
    RouterLink,
    UserMenu,
  ],
  providers: [Entrance, RoomLookup],
  templateUrl: './pre-join-page.html',
  styleUrl: './pre-join-page.scss',
})
export class PreJoinPage {
  readonly roomId = input.required<string>();

  protected readonly session = inject(SessionStore);
  protected readonly lookup = inject(RoomLookup);
  protected readonly entrance = inject(Entrance);
  protected readonly actions = inject(RoomActions);
  readonly #invites = inject(KeptInvites);
  protected readonly devices = inject(Devices);
  protected readonly preferences = inject(MediaPreferences);
  protected readonly microphone = inject(Microphone);
  protected readonly camera = inject(Camera);
  readonly #engine = inject(AudioEngine);
  readonly #joins = inject(RememberedJoins);
  readonly #router = inject(Router);
  #joined = false;

  protected readonly name = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly passcode = signal('');
  protected readonly wantsMicrophone = signal(true);
  protected readonly wantsCamera = signal(false);
  protected readonly shownName = computed(() => this.session.user()?.name ?? (this.name().trim() || '?'));
  protected readonly view = computed<RoomView | undefined>(() => {
    const found = this.lookup.found();
    return found.state === 'found' ? found.view : undefined;
  });
  /** What stands between, unless an invite leads past it. */
  readonly #entry = computed(() => {
    const entry = this.view()?.entry ?? 'free';
    const past = entry === 'passcode' || entry === 'knock' || entry === 'invite';
    return past && this.invite() !== undefined ? 'free' : entry;
  });
  /** An invite that did not help is not tried again. */
  protected readonly invite = computed(() => (this.#spent() ? undefined : this.#invites.get(this.roomId())));
  readonly #spent = signal(false);
  protected readonly barred = computed(() => {
    const view = this.view();
    const entry = this.#entry();
    return view && isBarred(entry) ? barredWords(entry, view.room, this.#spent()) : undefined;
  });
  protected readonly asksPasscode = computed(() => this.#entry() === 'passcode');
  protected readonly knocks = computed(() => this.#entry() === 'knock');
  protected readonly passcodeProblem = computed(() => {
    const entrance = this.entrance.state();
    return entrance.state === 'passcode' ? entrance.reason : undefined;
  });
  protected readonly reopens = computed(() => {
    const view = this.view();
    return view?.room.status === 'closed' && view.role !== null && may(view.role, 'room.close');
  });
  protected readonly reads = computed(() => {
    const view = this.view();
    return view?.entry === 'closed' && view.role !== null;
  });
  protected readonly ready = computed(
    () =>
      !this.busy() &&
      (!this.asksPasscode() || this.passcode() !== '') &&
      (this.session.signedIn() || (this.name().trim() !== '' && this.session.studio()?.guests === true)),
  );
  protected readonly icons = {
    mdiAccountCancelOutline,
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
      await this.lookup.find(this.roomId());
      // What there is to bring is asked for first.
      if (!this.view() || this.barred() || (this.asksPasscode() && this.passcode() === '')) return;
      if (await this.#enter()) await this.#goIn();
    } catch (error) {
      this.problem.set(errorWords(error));
    } finally {
      this.busy.set(false);
    }
  }

  protected async reopen(): Promise<void> {
    const view = this.view();
    if (view && (await this.actions.reopen(view.room))) await this.lookup.find(this.roomId());
  }

  /** Looks again what stands between. */
  protected async again(): Promise<void> {
    this.entrance.cancel();
    await this.lookup.find(this.roomId());
  }

  async #enter(): Promise<boolean> {
    const invite = this.invite();
    const passcode = this.asksPasscode() ? this.passcode() : undefined;
    const brings = { ...(invite !== undefined && { invite }), ...(passcode !== undefined && { passcode }) };
    if (await this.entrance.enter(this.roomId(), brings)) return true;
    const { state } = this.entrance.state();
    if (state === 'outside' || state === 'refused') return false;
    this.passcode.set('');
    this.#spent.set(invite !== undefined);
    // The room may have been closed or locked since, or the invite taken back.
    await this.lookup.find(this.roomId());
    return false;
  }

  async #goIn(): Promise<void> {
    this.#joined = true;
    this.#invites.forget(this.roomId());
    this.#joins.set(this.roomId(), {
      microphone: this.wantsMicrophone() && this.microphone.problem() === undefined,
      camera: this.wantsCamera() && this.camera.problem() === undefined,
    });
    await this.#router.navigate(['/rooms', this.roomId()], { replaceUrl: true });
  }

  protected retryMicrophone(): void {
    void this.microphone.start();
  }

  protected retryCamera(): void {
    void this.camera.start();
  }
}
