import { Component, ViewContainerRef, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { mdiTuneVariant } from '@mdi/js';
import { liveModelTitle } from '@studio/contracts';
import { Icon } from '../ui/icon.ts';
import { POLICY_WORDS } from './floor/floor-words.ts';
import { GeminiOrb } from './gemini-orb.ts';
import { LiveSettingsStore } from './gemini-settings/live-settings-store.ts';
import { answersWords, geminiWords, outlookWords } from './gemini-words.ts';
import { RoomStore } from './room-store.ts';
import { UsageMeter } from './usage/usage-meter.ts';

/** Gemini in this room: what it does, how it was set up, what it has used. */
@Component({
  selector: 'kss-gemini-panel',
  imports: [GeminiOrb, Icon, MatButton, UsageMeter],
  templateUrl: './gemini-panel.html',
  styleUrl: './gemini-panel.scss',
})
export class GeminiPanel {
  protected readonly store = inject(RoomStore);
  protected readonly settings = inject(LiveSettingsStore);
  readonly #dialog = inject(MatDialog);
  readonly #place = inject(ViewContainerRef);
  protected readonly icons = { mdiTuneVariant };
  protected readonly words = computed(() => geminiWords(this.store.live()));
  protected readonly outlook = computed(() => outlookWords(this.store.live()));
  protected readonly facts = computed(() => {
    const info = this.store.liveInfo();
    const saved = this.settings.view()?.settings;
    const { floor, addressing } = this.store.live();
    const model = saved?.model ?? info?.model ?? '';
    return [
      { title: 'Answers', words: answersWords(addressing) },
      { title: 'Hears', words: POLICY_WORDS[floor.policy] },
      { title: 'Voice', words: saved?.modality === 'TEXT' ? 'writes only' : (saved?.voice ?? info?.voice) },
      { title: 'Model', words: liveModelTitle(model) },
      { title: 'Instruction', words: saved?.instruction || 'none' },
    ];
  });

  protected async open(): Promise<void> {
    const { SettingsDialog } = await import('./gemini-settings/settings-dialog.ts');
    const config = new MatDialogConfig();
    // What the dialog works on belongs to this page.
    config.viewContainerRef = this.#place;
    config.width = '760px';
    config.maxWidth = 'calc(100vw - 32px)';
    config.maxHeight = 'min(860px, calc(100dvh - 32px))';
    config.autoFocus = 'dialog';
    this.#dialog.open(SettingsDialog, config);
  }
}
