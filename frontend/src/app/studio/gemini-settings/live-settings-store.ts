import { Service, computed, effect, inject, signal, untracked } from '@angular/core';
import type { RoomLiveView } from '@studio/contracts';
import { DEFAULT_LIVE_SETTINGS, StudioError, liveSettingsProblems, may } from '@studio/contracts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { errorWords } from '../../ui/error-words.ts';
import { mergeDrafts } from '../merge-drafts.ts';
import { RoomStore } from '../room-store.ts';
import { optionLimits } from './option-limits.ts';
import type { SettingsDraft, SettingsField } from './settings-draft.ts';
import { changedFields, draftOf, fieldAt, settingsOf } from './settings-draft.ts';
import { FIELD_WORDS } from './settings-words.ts';

const DEFAULTS = draftOf(DEFAULT_LIVE_SETTINGS);

/** How Gemini takes part in this room, and what this person is about to change of it: that stays until it is saved or undone. */
@Service({ autoProvided: false })
export class LiveSettingsStore {
  readonly #api = inject(STUDIO_API);
  readonly #room = inject(RoomStore);
  readonly #view = signal<RoomLiveView | undefined>(undefined);
  readonly #draft = signal<SettingsDraft>(DEFAULTS);
  readonly #conflicts = signal<readonly SettingsField[]>([]);
  readonly #taken = signal<readonly SettingsField[]>([]);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #busy = signal<'loading' | 'saving' | undefined>(undefined);
  /** Somebody else may have saved since what is under way was asked for. */
  #stale = false;
  readonly #savedAt = signal<string | undefined>(undefined);

  /** Undefined until it is loaded. */
  readonly view = this.#view.asReadonly();
  readonly draft = this.#draft.asReadonly();
  /** Of a room that was never set up, in this studio. */
  readonly defaults = computed(() => {
    const view = this.#view();
    return view ? draftOf(view.defaults) : DEFAULTS;
  });
  /** As they are saved. */
  readonly base = computed(() => {
    const view = this.#view();
    return view ? draftOf(view.settings) : DEFAULTS;
  });
  /** Fields that somebody else has changed as well: `draft` has the own value, `base` theirs. */
  readonly conflicts = this.#conflicts.asReadonly();
  /** Fields that somebody else has changed meanwhile. */
  readonly taken = this.#taken.asReadonly();
  readonly problem = this.#problem.asReadonly();
  readonly busy = this.#busy.asReadonly();
  readonly changed = computed(() => changedFields(this.base(), this.#draft()));
  /** Whether what stands there is what was saved here last. */
  readonly saved = computed(() => this.#savedAt() !== undefined && this.#savedAt() === this.#view()?.version);
  readonly mayEdit = computed(() => {
    const role = this.#room.role();
    return role !== undefined && may(role, 'gemini.configure');
  });
  /** By field, why the model that is chosen does not take it. */
  readonly limits = computed(() => {
    const info = this.#room.liveInfo();
    return info ? optionLimits(this.#draft().model || null, info) : new Map<SettingsField, string>();
  });
  /** What the draft means for the chosen model: an option that it does not take is left out. */
  readonly #meaning = computed(() => settingsOf(withoutLimited(this.#draft(), this.limits())));
  readonly settings = computed(() => this.#meaning().settings);
  /** By field, what is wrong with what was typed, or what the model does not take of it. */
  readonly problems = computed(() => {
    const { settings, problems } = this.#meaning();
    const info = this.#room.liveInfo();
    const refused = settings && info ? liveSettingsProblems(settings, info) : [];
    return new Map<SettingsField, string>([
      ...[...problems].map(([field, words]) => [field, FIELD_WORDS[field].expected ?? words] as const),
      ...refused.flatMap(({ path, message }) => {
        const field = fieldAt(path);
        return field ? [[field, message] as const] : [];
      }),
    ]);
  });
  readonly ready = computed(
    () =>
      this.mayEdit() &&
      this.#busy() === undefined &&
      this.settings() !== undefined &&
      this.problems().size === 0 &&
      this.changed().length > 0 &&
      this.#conflicts().length === 0,
  );
  readonly #lastChange = computed(
    () => this.#room.events().findLast(({ body }) => body.type === 'live.settings')?.seq ?? 0,
  );

  constructor() {
    effect(() => {
      this.#lastChange();
      if (this.#room.connectionId() !== undefined) untracked(() => void this.load());
    });
  }

  /** What stands in a field: an option that the model does not take is shown as it is saved. */
  shown<F extends SettingsField>(field: F): SettingsDraft[F] {
    return (this.limits().has(field) ? DEFAULTS : this.draft())[field];
  }

  /** Loads what is saved; what was typed stays on top of it. Never rejects: see {@link problem}. */
  async load(): Promise<void> {
    const room = this.#room.room();
    if (!room) return;
    if (this.#busy() !== undefined) {
      this.#stale = true;
      return;
    }
    this.#busy.set('loading');
    this.#problem.set(undefined);
    try {
      this.#receive(await this.#api.live(room.id));
    } catch (error) {
      this.#problem.set(errorWords(error));
    } finally {
      this.#idle();
    }
  }

  change<F extends SettingsField>(field: F, value: SettingsDraft[F]): void {
    this.#draft.update((draft) => ({ ...draft, [field]: value }));
    this.#problem.set(undefined);
    this.#settled(field);
  }

  /** Decides what both have changed. */
  decide(field: SettingsField, whose: 'mine' | 'theirs'): void {
    if (whose === 'theirs') this.#draft.update((draft) => ({ ...draft, [field]: this.base()[field] }));
    this.#settled(field);
  }

  undo(): void {
    this.#draft.set(this.base());
    this.#conflicts.set([]);
    this.#taken.set([]);
    this.#problem.set(undefined);
  }

  /** Everything as in a room that was never set up; nothing is saved by it. */
  toDefaults(): void {
    this.#draft.set(this.defaults());
    this.#conflicts.set([]);
  }

  /** Saves for everybody. Never rejects: see {@link problem}, and {@link conflicts} when somebody else was faster. */
  async save(): Promise<void> {
    const room = this.#room.room();
    const view = this.#view();
    const settings = this.settings();
    if (!room || !view || !settings || !this.ready()) return;
    this.#busy.set('saving');
    this.#problem.set(undefined);
    let faster = false;
    try {
      const saved = await this.#api.setLive(room.id, settings, view.version);
      this.#view.set(saved);
      this.#draft.set(draftOf(saved.settings));
      this.#taken.set([]);
      this.#savedAt.set(saved.version);
    } catch (error) {
      faster = error instanceof StudioError && error.code === 'precondition_failed';
      if (!faster) this.#problem.set(errorWords(error));
    } finally {
      if (!faster) this.#idle();
    }
    if (!faster) return;
    this.#busy.set(undefined);
    await this.load();
  }

  /** What has changed while something else was under way is looked at now. */
  #idle(): void {
    this.#busy.set(undefined);
    if (!this.#stale) return;
    this.#stale = false;
    void this.load();
  }

  #receive(view: RoomLiveView): void {
    const before = this.#view();
    const theirs = draftOf(view.settings);
    if (before === undefined) this.#draft.set(theirs);
    else if (before.version !== view.version) {
      const { draft, conflicts, taken } = mergeDrafts(draftOf(before.settings), this.#draft(), theirs);
      const edits = this.changed().length > 0;
      this.#draft.set(draft);
      this.#conflicts.update((known) => [...new Set([...known, ...conflicts])]);
      // Whoever has typed nothing need not be told what changes before their eyes.
      if (edits) this.#taken.update((known) => [...new Set([...known, ...taken, ...conflicts])]);
    }
    this.#view.set(view);
  }

  #settled(field: SettingsField): void {
    this.#conflicts.update((fields) => fields.filter((other) => other !== field));
  }
}

/** A choice that the model does not take is kept in the draft, for a model that does, but not saved. */
function withoutLimited(draft: SettingsDraft, limits: ReadonlyMap<SettingsField, string>): SettingsDraft {
  const kept = Object.fromEntries([...limits.keys()].map((field) => [field, DEFAULTS[field]]));
  return { ...draft, ...kept };
}
