import type { ElementRef } from '@angular/core';
import { Component, DestroyRef, afterNextRender, computed, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiMonitorShare } from '@mdi/js';
import type { Participant } from '@studio/contracts';
import { GEMINI_ID } from '@studio/contracts';
import { Camera } from '../media/camera.ts';
import { Picture } from '../media/picture.ts';
import { ReceivedPictures } from '../media/received-pictures.ts';
import { ScreenShare } from '../media/screen-share.ts';
import { Icon } from '../ui/icon.ts';
import { isHeard, listed, placeInQueue } from './floor/floor-words.ts';
import { GeminiTile } from './gemini-tile.ts';
import { ParticipantTile } from './participant-tile.ts';
import { PersonMenu } from './people/person-menu.ts';
import { RoomStore } from './room-store.ts';
import { SpeakingLevels } from './speaking-levels.ts';
import { tileGrid } from './tile-grid.ts';

/** Pixels, as in the style sheet. */
const GAP = 12;
const NARROWEST = 150;
const WIDEST = 560;

/** Who is here, and what somebody shows. */
@Component({
  selector: 'kss-stage',
  imports: [GeminiTile, Icon, MatButton, ParticipantTile, PersonMenu, Picture],
  host: { '[class.shows-screen]': 'showsScreen()' },
  templateUrl: './stage.html',
  styleUrl: './stage.scss',
})
export class Stage {
  protected readonly store = inject(RoomStore);
  protected readonly levels = inject(SpeakingLevels);
  protected readonly camera = inject(Camera);
  protected readonly screen = inject(ScreenShare);
  readonly #pictures = inject(ReceivedPictures);
  readonly #destroyed = inject(DestroyRef);
  private readonly tiles = viewChild.required<ElementRef<HTMLElement>>('tiles');
  readonly #place = signal({ width: 0, height: 0 });
  protected readonly geminiId = GEMINI_ID;
  protected readonly shareIcon = mdiMonitorShare;

  /** This person last: the others are who one looks at. */
  protected readonly people = computed(() => {
    const selfId = this.store.selfId();
    return this.store.participants().toSorted((a, b) => Number(a.id === selfId) - Number(b.id === selfId));
  });
  protected readonly hears = computed(() => {
    const names = this.people().flatMap((person) => (this.isHeard(person) ? person.name : []));
    return names.length === 0 ? undefined : listed(names);
  });
  protected readonly shown = computed(() => {
    for (const participant of this.people()) {
      const picture = participant.media.screen && this.#pictures.of('screen', participant.sources);
      if (picture) return { name: participant.name, picture };
    }
    return undefined;
  });
  protected readonly showsScreen = computed(
    () => this.shown() !== undefined || this.screen.stream() !== undefined,
  );
  protected readonly grid = computed(() =>
    tileGrid(this.people().length + 1, this.#place(), GAP, NARROWEST, WIDEST),
  );

  constructor() {
    afterNextRender(() => {
      const observer = new ResizeObserver(([entry]) => {
        if (entry) this.#place.set({ width: entry.contentRect.width, height: entry.contentRect.height });
      });
      observer.observe(this.tiles().nativeElement);
      this.#destroyed.onDestroy(() => observer.disconnect());
    });
  }

  protected pictureOf(participant: Participant): ImageBitmap | undefined {
    return participant.media.camera ? this.#pictures.of('camera', participant.sources) : undefined;
  }

  protected handOf({ id }: Participant): number | undefined {
    return placeInQueue(this.store.live().floor, id);
  }

  protected isHeard({ id }: Participant): boolean {
    return isHeard(this.store.live(), id);
  }

  protected isSelf(participant: Participant): boolean {
    return participant.id === this.store.selfId();
  }
}
