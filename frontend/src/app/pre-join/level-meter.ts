import { Component, computed, input } from '@angular/core';
import { loudness } from '../media/loudness.ts';

/** How loud the microphone is. */
@Component({
  selector: 'kss-level-meter',
  host: {
    'data-testid': 'level-meter',
    role: 'meter',
    'aria-label': 'Microphone level',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    '[attr.aria-valuenow]': 'percent()',
    '[attr.data-level]': 'percent()',
  },
  template: '<i [style.width.%]="percent()"></i>',
  styles: `
    :host {
      display: block;
      height: 8px;
      overflow: hidden;
      border-radius: 4px;
      background: var(--mat-sys-surface-container-highest);
    }
    i {
      display: block;
      height: 100%;
      border-radius: 4px;
      background: var(--positive);
      transition: width 80ms linear;
    }
  `,
})
export class LevelMeter {
  /** Root mean square, 0 to 1. */
  readonly level = input.required<number>();
  protected readonly percent = computed(() => Math.round(loudness(this.level()) * 100));
}
