import { Component, computed, input } from '@angular/core';
import type { LiveStatus } from '@studio/contracts';
import { GEMINI_ID } from '@studio/contracts';
import { GeminiOrb } from './gemini-orb.ts';
import { answersWords, geminiWords, outlookWords } from './gemini-words.ts';

/** Gemini among the participants. */
@Component({
  selector: 'kss-gemini-tile',
  imports: [GeminiOrb],
  host: {
    'data-testid': 'participant',
    '[attr.data-participant-id]': 'id',
    '[attr.data-speaking]': 'status().state === "speaking"',
    class: 'tile',
  },
  template: `
    <div class="middle">
      <kss-gemini-orb [state]="status().state" [level]="level()" />
      <p class="doing">
        {{ words() }}
        @if (hears(); as name) {
          <span> to {{ name }}</span>
        }
        @if (mode(); as mode) {
          <span class="mode">{{ mode }}</span>
        }
      </p>
    </div>
    <div class="label"><span class="name">Gemini</span></div>
  `,
  styleUrl: './gemini-tile.scss',
})
export class GeminiTile {
  readonly status = input.required<LiveStatus>();
  readonly level = input.required<number>();
  /** Name of whom Gemini hears now. */
  readonly hears = input<string>();
  protected readonly id = GEMINI_ID;
  protected readonly words = computed(() => geminiWords(this.status()));
  /** What one should know of it before one speaks: how it comes back, or when it answers. */
  protected readonly mode = computed(() => {
    const { addressing } = this.status();
    return (
      outlookWords(this.status()) ??
      (addressing === 'always' ? undefined : `Answers ${answersWords(addressing)}`)
    );
  });
}
