import { Service, computed, effect, inject, signal, untracked } from '@angular/core';
import { StaleVersionError } from '@studio/client';
import { RoomView, may } from '@studio/contracts';
import { VISIBILITIES } from '../../rooms/room-words.ts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { errorWords } from '../../ui/error-words.ts';
import type { ConflictRow } from '../conflict-list.ts';
import { mergeDrafts } from '../merge-drafts.ts';
import { RoomStore } from '../room-store.ts';
import type { RoomDraft, RoomField } from './room-draft.ts';
import { changeOf, draftOf, draftProblems } from './room-draft.ts';

const FIELD_TITLES: Record<RoomField, string> = {
  name: 'Name',
  visibility: 'Who may enter',
  locked: 'Lock',
  lobby: 'Lobby',
  passcode: 'Passcode',
  newPasscode: 'Passcode',
  retentionDays: 'Kept for (days)',
};

/** The settings of a room, and what this person is about to change of them. */
@Service({ autoProvided: false })
export class RoomSettingsStore {
  readonly #api = inject(STUDIO_API);
  readonly #room = inject(RoomStore);
  readonly #view = signal<RoomView | undefined>(undefined);
  readonly #draft = signal<RoomDraft | undefined>(undefined);
  readonly #conflicts = signal<readonly RoomField[]>([]);
  readonly #taken = signal<readonly RoomField[]>([]);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #busy = signal<'loading' | 'saving' | undefined>(undefined);
  readonly #savedAt = signal<string | undefined>(undefined);

  /** Undefined until they are loaded. */
  readonly draft = this.#draft.asReadonly();
  readonly problem = this.#problem.asReadonly();
  readonly busy = this.#busy.asReadonly();
  readonly base = computed(() => {
    const view = this.#view();
    return view && draftOf(view.room);
  });
  readonly mayEdit = computed(() => {
    const role = this.#room.role();
    return role !== undefined && may(role, 'room.configure');
  });
  readonly change = computed(() => {
    const [base, draft] = [this.base(), this.#draft()];
    return base && draft ? changeOf(base, draft) : {};
  });
  readonly changed = computed(() => Object.keys(this.change()).length);
  readonly problems = computed(() => {
    const [base, draft] = [this.base(), this.#draft()];
    return base && draft ? draftProblems(base, draft) : new Map<RoomField, string>();
  });
  /** Whether what stands there is what was saved here last. */
  readonly saved = computed(() => this.#savedAt() !== undefined && this.#savedAt() === this.#view()?.version);
  /** Fields that somebody else has changed meanwhile; `open`: this person as well. */
  readonly rows = computed<readonly ConflictRow<RoomField>[]>(() => {
    const [base, draft] = [this.base(), this.#draft()];
    if (!base || !draft) return [];
    return this.#taken().map((field) => ({
      field,
      title: FIELD_TITLES[field],
      open: this.#conflicts().includes(field),
      theirs: words(base, field),
      mine: words(draft, field),
    }));
  });
  readonly undecided = computed(() => this.#conflicts().length > 0);
  readonly ready = computed(
    () =>
      this.mayEdit() &&
      this.#busy() === undefined &&
      this.changed() > 0 &&
      this.problems().size === 0 &&
      !this.undecided(),
  );

  constructor() {
    effect(() => {
      // Somebody has changed the room, or the connection is back.
      this.#room.room();
      untracked(() => void this.load());
    });
  }

  /** Loads what is saved; what was typed stays on top of it. Never rejects: see {@link problem}. */
  async load(): Promise<void> {
    const room = this.#room.room();
    if (!room || this.#busy() !== undefined) return;
    this.#busy.set('loading');
    this.#problem.set(undefined);
    try {
      this.#receive(await this.#api.room(room.id));
    } catch (error) {
      this.#problem.set(errorWords(error));
    } finally {
      this.#busy.set(undefined);
    }
  }

  set<F extends RoomField>(field: F, value: RoomDraft[F]): void {
    this.#draft.update((draft) => draft && { ...draft, [field]: value });
    this.#problem.set(undefined);
    this.#settled(field);
  }

  /** Decides what both have changed. */
  decide(field: RoomField, whose: 'mine' | 'theirs'): void {
    const base = this.base();
    if (whose === 'theirs' && base)
      this.#draft.update((draft) => draft && { ...draft, [field]: base[field] });
    this.#settled(field);
  }

  undo(): void {
    this.#draft.set(this.base());
    this.#conflicts.set([]);
    this.#taken.set([]);
    this.#problem.set(undefined);
  }

  /** Never rejects: see {@link problem}, and {@link rows} when somebody else was faster. */
  async save(): Promise<void> {
    const view = this.#view();
    if (!view || !this.ready()) return;
    this.#busy.set('saving');
    this.#problem.set(undefined);
    try {
      const saved = await this.#api.changeRoom(view.room.id, this.change(), view.version);
      this.#view.set(saved);
      this.undo();
      this.#savedAt.set(saved.version);
    } catch (error) {
      const current = error instanceof StaleVersionError ? RoomView.safeParse(error.current).data : undefined;
      if (current) this.#receive(current);
      else this.#problem.set(errorWords(error));
    } finally {
      this.#busy.set(undefined);
    }
  }

  #receive(view: RoomView): void {
    const before = this.base();
    const draft = this.#draft();
    const theirs = draftOf(view.room);
    if (!before || !draft) this.#draft.set(theirs);
    else {
      const edits = this.changed() > 0;
      const merged = mergeDrafts(before, draft, theirs);
      this.#draft.set(merged.draft);
      this.#conflicts.update((known) => [...new Set([...known, ...merged.conflicts])]);
      // Whoever has typed nothing need not be told what changes before their eyes.
      if (edits)
        this.#taken.update((known) => [...new Set([...known, ...merged.taken, ...merged.conflicts])]);
    }
    this.#view.set(view);
  }

  #settled(field: RoomField): void {
    this.#conflicts.update((fields) => fields.filter((other) => other !== field));
  }
}

/** What a field says, for people. */
function words(draft: RoomDraft, field: RoomField): string {
  const value = draft[field];
  if (field === 'visibility') return VISIBILITIES.find((choice) => choice.value === value)?.title ?? '';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (field === 'retentionDays' && value === '') return 'as long as the studio keeps it';
  return value;
}
