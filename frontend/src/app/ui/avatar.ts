import { Component, computed, input } from '@angular/core';
import { initials, personColour } from './person-colour.ts';

/** A person's initials on their colour; as large as the font of its place says. */
@Component({
  selector: 'kss-avatar',
  host: { 'aria-hidden': 'true', '[style.background]': 'colour()' },
  template: '{{ letters() }}',
  styles: `
    :host {
      display: inline-grid;
      flex: none;
      place-items: center;
      width: 2.5em;
      height: 2.5em;
      border-radius: 50%;
      color: #fff;
      font-weight: 600;
      letter-spacing: 0.02em;
      line-height: 1;
      user-select: none;
    }
  `,
})
export class Avatar {
  readonly id = input.required<string>();
  readonly name = input.required<string>();
  protected readonly letters = computed(() => initials(this.name()));
  protected readonly colour = computed(() => personColour(this.id()));
}
