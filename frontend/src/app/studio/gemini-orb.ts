import { Component, computed, input } from '@angular/core';
import type { LiveState } from '@studio/contracts';
import { loudness } from '../media/loudness.ts';

/** Gemini's face: still, breathing, turning or sounding, by what it does. As large as its place. */
@Component({
  selector: 'kss-gemini-orb',
  host: {
    'aria-hidden': 'true',
    '[attr.data-state]': 'state()',
    '[class.still]': 'still()',
    '[style.--loud]': 'loud()',
  },
  template: '<i class="halo"></i><i class="core"></i><i class="shine"></i>',
  styleUrl: './gemini-orb.scss',
})
export class GeminiOrb {
  readonly state = input.required<LiveState>();
  /** Of its voice, root mean square from 0 to 1. */
  readonly level = input(0);
  /** Only a sign of who it is: nothing moves. */
  readonly still = input(false);
  protected readonly loud = computed(() => (this.state() === 'speaking' ? loudness(this.level()) : 0));
}
