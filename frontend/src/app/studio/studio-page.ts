import { Component, DestroyRef, computed, effect, inject, input, untracked, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Title } from '@angular/platform-browser';
import { Router, RouterLink } from '@angular/router';
import { mdiVolumeOff } from '@mdi/js';
import type { Closed } from '@studio/client';
import type { MediaState } from '@studio/contracts';
import { allowedMedia } from '@studio/contracts';
import { AudioEngine } from '../media/audio-engine.ts';
import { Camera } from '../media/camera.ts';
import { Microphone } from '../media/microphone.ts';
import { ReceivedPictures } from '../media/received-pictures.ts';
import { ScreenShare } from '../media/screen-share.ts';
import { Speaker } from '../media/speaker.ts';
import { RoomActions } from '../rooms/room-actions.ts';
import { SessionStore } from '../session/session-store.ts';
import { errorWords } from '../ui/error-words.ts';
import { Icon } from '../ui/icon.ts';
import { NoticeCard } from '../ui/notice-card.ts';
import { closedWords } from './closed-words.ts';
import { ConversationView } from './conversation-view.ts';
import { FloorBar } from './floor/floor-bar.ts';
import { PushToTalk } from './floor/push-to-talk.ts';
import { LiveSettingsStore } from './gemini-settings/live-settings-store.ts';
import { RememberedJoins } from './join-choices.ts';
import { Moderated } from './moderated.ts';
import { LobbyAnswers } from './people/lobby-answers.ts';
import { LobbyBanner } from './people/lobby-banner.ts';
import { RoomAnnouncer } from './room-announcer.ts';
import { RoomMedia } from './room-media.ts';
import { RoomStore } from './room-store.ts';
import { ConversationSearch } from './search/conversation-search.ts';
import { SidePanel } from './side-panel.ts';
import { SpeakingLevels } from './speaking-levels.ts';
import { Stage } from './stage.ts';
import { StudioHeader } from './studio-header.ts';
import { StudioToolbar } from './studio-toolbar.ts';

const NOTHING: MediaState = { microphone: false, camera: false, screen: false };
const EVERYTHING: MediaState = { microphone: true, camera: true, screen: true };

/** The room itself. */
@Component({
  selector: 'kss-studio-page',
  imports: [
    FloorBar,
    Icon,
    LobbyBanner,
    MatButton,
    NoticeCard,
    RouterLink,
    SidePanel,
    Stage,
    StudioHeader,
    StudioToolbar,
  ],
  providers: [
    ConversationSearch,
    ConversationView,
    LiveSettingsStore,
    LobbyAnswers,
    Moderated,
    PushToTalk,
    ReceivedPictures,
    RoomAnnouncer,
    RoomMedia,
    RoomStore,
    SpeakingLevels,
  ],
  templateUrl: './studio-page.html',
  styleUrl: './studio-page.scss',
})
export class StudioPage {
  readonly roomId = input.required<string>();

  protected readonly store = inject(RoomStore);
  protected readonly media = inject(RoomMedia);
  protected readonly engine = inject(AudioEngine);
  protected readonly microphone = inject(Microphone);
  readonly #camera = inject(Camera);
  readonly #screen = inject(ScreenShare);
  readonly #speaker = inject(Speaker);
  readonly #joins = inject(RememberedJoins);
  readonly #session = inject(SessionStore);
  readonly #actions = inject(RoomActions);
  readonly #lobby = inject(LobbyAnswers);
  readonly #router = inject(Router);
  readonly #snackBar = inject(MatSnackBar);
  readonly #title = inject(Title);
  protected readonly icons = { mdiVolumeOff };

  /** Who has put this person out. */
  readonly #removedBy = computed(() => {
    const selfId = this.store.selfId();
    const event = this.store
      .events()
      .findLast(({ body }) => body.type === 'participant.removed' && body.participant.id === selfId);
    return event?.actor.name;
  });
  protected readonly ended = computed(() => {
    const closed = this.store.closed();
    return closed && closedWords(closed, this.store.role(), this.#removedBy());
  });
  protected readonly allowed = computed<MediaState>(() => {
    const role = this.store.role();
    return role ? allowedMedia(role, EVERYTHING) : NOTHING;
  });
  private readonly sidePanel = viewChild(SidePanel);

  constructor() {
    inject(RoomAnnouncer);
    inject(Moderated);
    effect(() => {
      const roomId = this.roomId();
      untracked(() => this.#enter(roomId));
    });
    effect(() => {
      const room = this.store.room();
      const waiting = this.#lobby.waiting().length;
      const count = waiting === 0 ? '' : `(${waiting}) `;
      if (room) this.#title.setTitle(`${count}${room.name} · Knowledge Synthesizer Studio`);
    });
    effect(() => {
      const closed = this.store.closed();
      if (closed) untracked(() => this.#onClosed(closed));
    });
    for (const device of [this.microphone, this.#camera, this.#screen]) {
      effect(() => {
        const problem = device.problem();
        if (problem !== undefined) untracked(() => this.#snackBar.open(problem, 'Close'));
      });
    }
    inject(DestroyRef).onDestroy(() => {
      this.store.leave();
      this.#releaseDevices();
    });
  }

  protected toggleMicrophone(): void {
    if (this.microphone.state() === 'on') this.microphone.setMuted(!this.microphone.muted());
    else {
      this.microphone.setMuted(false);
      void this.microphone.start();
    }
    this.engine.unlock();
    this.#remember();
  }

  protected async toggleCamera(): Promise<void> {
    if (this.#camera.stream()) this.#camera.stop();
    else await this.#camera.start();
    this.#remember();
  }

  protected async toggleScreen(): Promise<void> {
    if (this.#screen.stream()) this.#screen.stop();
    else await this.#screen.start();
  }

  protected async interrupt(): Promise<void> {
    try {
      await this.store.interrupt();
    } catch (error) {
      this.#snackBar.open(errorWords(error), 'Close');
    }
  }

  protected async leave(): Promise<void> {
    this.#joins.forget(this.roomId());
    await this.#router.navigateByUrl('/');
  }

  protected async joinAgain(): Promise<void> {
    this.#joins.forget(this.roomId());
    if (this.store.closed()?.error?.code === 'unauthenticated') this.#session.expired();
    await this.#router.navigate(['/rooms', this.roomId(), 'join']);
  }

  protected async reopen(): Promise<void> {
    const room = this.store.room();
    if (room && (await this.#actions.reopen(room))) await this.joinAgain();
  }

  protected seeLobby(): void {
    this.sidePanel()?.show('people');
  }

  #enter(roomId: string): void {
    this.store.enter(roomId);
    this.#speaker.start().catch((error: unknown) => {
      this.#snackBar.open(
        `The room cannot be heard: ${error instanceof Error ? error.message : ''}`,
        'Close',
      );
    });
    const choices = this.#joins.get(roomId) ?? { microphone: false, camera: false };
    this.microphone.setMuted(!choices.microphone);
    if (choices.microphone && this.microphone.state() === 'off') void this.microphone.start();
    if (choices.camera && !this.#camera.stream() && !this.#camera.starting()) void this.#camera.start();
  }

  #onClosed({ error }: Closed): void {
    this.#releaseDevices();
    this.#joins.forget(this.roomId());
    // Who did not come in at all stands before a door: the page before the room says which.
    if (error && error.code !== 'unauthenticated' && this.store.role() === undefined)
      void this.#router.navigate(['/rooms', this.roomId(), 'join'], { replaceUrl: true });
  }

  #remember(): void {
    this.#joins.set(this.roomId(), {
      microphone: !this.microphone.muted(),
      camera: this.#camera.stream() !== undefined,
    });
  }

  #releaseDevices(): void {
    this.microphone.stop();
    this.#camera.stop();
    this.#screen.stop();
    this.#speaker.stop();
  }
}
