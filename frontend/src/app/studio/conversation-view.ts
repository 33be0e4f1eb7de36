import { Service, computed, inject, signal } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { RoomId } from '@studio/contracts';
import { StudioError } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { errorWords } from '../ui/error-words.ts';
import type { Excerpt } from './excerpt.ts';
import { excerptOf, firstOf, lastOf, withEarlier, withLater } from './excerpt.ts';
import { LineMaker } from './line-maker.ts';
import { RoomStore } from './room-store.ts';

/** A line to go to. Another object each time, so that one can go there again. */
export interface Target {
  readonly seq: number;
}

/**
 * The part of a conversation that is being read: in a room its end, as it grows, or a part of its past; on the page that is for reading
 * only always such a part. A part of the past grows in both directions, until it reaches the end and is one with it.
 */
@Service({ autoProvided: false })
export class ConversationView {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #room = inject(RoomStore, { optional: true });
  readonly #snackBar = inject(MatSnackBar);
  readonly #readId = signal<RoomId | undefined>(undefined);
  readonly #excerpt = signal<Excerpt | undefined>(undefined);
  readonly #made = new LineMaker();
  readonly #loading = signal<'earlier' | 'later' | 'around' | undefined>(undefined);
  readonly #problem = signal<StudioError | undefined>(undefined);
  readonly #target = signal<Target | undefined>(undefined);

  readonly roomId = computed(() => this.#room?.room()?.id ?? this.#readId());
  /** A part of the past is shown, of which the end is not known here. */
  readonly inPast = computed(() => this.#excerpt() !== undefined && this.#room !== null);
  readonly lines = computed(() => {
    const excerpt = this.#excerpt();
    if (excerpt) return this.#made.lines(excerpt.events, this.#session.user()?.id);
    return this.#room?.lines() ?? [];
  });
  /** The lines at the end of what goes on, wherever one reads; none where nothing goes on. */
  readonly newest = computed(() => this.#room?.lines() ?? []);
  readonly newestSeq = computed(() => this.#room?.events().at(-1)?.seq ?? 0);
  readonly hasEarlier = computed(() => {
    const excerpt = this.#excerpt();
    return excerpt ? firstOf(excerpt) > excerpt.oldest : (this.#room?.hasEarlier() ?? false);
  });
  readonly hasLater = computed(() => {
    const excerpt = this.#excerpt();
    return excerpt !== undefined && (this.#room !== null || lastOf(excerpt) < excerpt.head);
  });
  /** Older lines were deleted. */
  readonly shortened = computed(() => (this.#excerpt()?.oldest ?? this.#room?.oldest() ?? 1) > 1);
  readonly loading = computed(
    () => this.#loading() ?? (this.#room?.loadingEarlier() ? 'earlier' : undefined),
  );
  /** Why more could not be loaded. */
  readonly problem = computed(() => {
    const own = this.#problem();
    return own ? errorWords(own) : this.#room?.historyProblem();
  });
  /** Why nothing of it could be loaded. */
  readonly refusal = computed(() =>
    this.#room === null && !this.#excerpt() ? this.#problem()?.code : undefined,
  );
  /** Whether what there is at first has come. */
  readonly caughtUp = computed(() => this.#room?.caughtUp() ?? this.#read());
  readonly #read = signal(false);
  /** The line to which the reader wants to go, and then the one that is marked. */
  readonly target = this.#target.asReadonly();

  /** Opens the conversation of a room for reading, at a line or at its end. Never rejects: see {@link problem}. */
  async read(roomId: RoomId, at: number | undefined): Promise<void> {
    this.#readId.set(roomId);
    this.#excerpt.set(undefined);
    this.#read.set(false);
    if (at === undefined) await this.#load('around', () => this.#loadEnd(roomId));
    else await this.showLine(at);
    this.#read.set(this.#problem() === undefined);
  }

  /** Goes to a line, and loads what stands around it where that is not here. Never rejects: see {@link problem}. */
  async showLine(seq: number): Promise<void> {
    const roomId = this.roomId();
    if (roomId === undefined) return;
    if (!this.#has(seq)) await this.#load('around', () => this.#loadAround(roomId, seq));
    if (this.#has(seq)) this.#target.set({ seq });
  }

  /** Back to the end of the conversation. */
  showNewest(): void {
    this.#target.set(undefined);
    const excerpt = this.#excerpt();
    const roomId = this.#readId();
    if (this.#room) this.#excerpt.set(undefined);
    else if (excerpt && roomId !== undefined && lastOf(excerpt) < excerpt.head)
      void this.#load('around', () => this.#loadEnd(roomId));
  }

  /** Marks nothing any more. */
  forgetTarget(): void {
    this.#target.set(undefined);
  }

  /** Never rejects: see {@link problem}. */
  async loadEarlier(): Promise<void> {
    const roomId = this.roomId();
    const excerpt = this.#excerpt();
    if (!excerpt) await this.#room?.loadEarlier();
    else if (roomId !== undefined && this.hasEarlier())
      await this.#load('earlier', async () => {
        const page = await this.#api.history(roomId, { before: firstOf(excerpt) });
        this.#replace(excerpt, withEarlier(excerpt, page));
      });
  }

  /** Never rejects: see {@link problem}. */
  async loadLater(): Promise<void> {
    const roomId = this.roomId();
    const excerpt = this.#excerpt();
    if (!excerpt || roomId === undefined || !this.hasLater()) return;
    if (this.#joins(excerpt)) return;
    await this.#load('later', async () => {
      const page = await this.#api.history(roomId, { after: lastOf(excerpt) });
      const longer = withLater(excerpt, page);
      if (!this.#joins(longer)) this.#replace(excerpt, longer);
    });
  }

  /** A part of the past that reaches the end as it is known here becomes one with it. @returns whether it has */
  #joins(excerpt: Excerpt): boolean {
    const earlierThan = this.#room?.earlierThan();
    if (!this.#room || earlierThan === undefined || lastOf(excerpt) < earlierThan) return false;
    this.#room.prepend(excerpt.events, excerpt.oldest);
    this.#excerpt.set(undefined);
    return true;
  }

  #has(seq: number): boolean {
    const excerpt = this.#excerpt();
    if (excerpt) return firstOf(excerpt) <= seq && seq <= lastOf(excerpt);
    const events = this.#room?.events() ?? [];
    return (events[0]?.seq ?? Infinity) <= seq && seq <= (events.at(-1)?.seq ?? 0);
  }

  async #loadEnd(roomId: RoomId): Promise<void> {
    this.#excerpt.set(excerptOf(await this.#api.history(roomId)));
  }

  async #loadAround(roomId: RoomId, seq: number): Promise<void> {
    // A line that is at the end as it is known here needs no part of the past.
    if (this.#room && seq > this.#room.earlierThan()) {
      this.#excerpt.set(undefined);
      return;
    }
    const [before, after] = await Promise.all([
      this.#api.history(roomId, { before: seq + 1 }),
      this.#api.history(roomId, { after: seq }),
    ]);
    if (before.events.at(-1)?.seq !== seq)
      throw new StudioError('not_found', 'This line has been deleted meanwhile.');
    const excerpt = excerptOf(before, after);
    if (excerpt && !this.#joins(excerpt)) this.#excerpt.set(excerpt);
  }

  /** What was asked for about an excerpt that is not shown any more comes too late. */
  #replace(excerpt: Excerpt, longer: Excerpt): void {
    this.#excerpt.update((shown) => (shown === excerpt ? longer : shown));
  }

  async #load(what: 'earlier' | 'later' | 'around', load: () => Promise<void>): Promise<void> {
    // To go somewhere else is never too much.
    if (this.#loading() !== undefined && what !== 'around') return;
    this.#loading.set(what);
    this.#problem.set(undefined);
    try {
      await load();
    } catch (error) {
      const problem = StudioError.from(error);
      if (problem.code === 'unauthenticated') this.#session.expired();
      // Where one reads already, a line that cannot be reached is told in passing.
      if (what === 'around' && this.lines().length > 0) this.#snackBar.open(problem.message, 'Close');
      else this.#problem.set(problem);
    } finally {
      this.#loading.set(undefined);
    }
  }
}
