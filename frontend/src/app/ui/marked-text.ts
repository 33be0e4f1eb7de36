import { Component, computed, input } from '@angular/core';
import type { Mark } from './marked-parts.ts';
import { markedParts } from './marked-parts.ts';

/** A text in which what was looked for is marked. */
@Component({
  selector: 'kss-marked-text',
  template: `
    @for (part of parts(); track $index) {
      @if (part.marked) {
        <mark [textContent]="part.text"></mark>
      } @else {
        <span [textContent]="part.text"></span>
      }
    }
  `,
  styles: `
    mark {
      border-radius: 3px;
      background: light-dark(#ffe08a, #6b5200);
      color: inherit;
    }
  `,
})
export class MarkedText {
  readonly text = input.required<string>();
  readonly marks = input.required<readonly Mark[]>();
  protected readonly parts = computed(() => markedParts(this.text(), this.marks()));
}
