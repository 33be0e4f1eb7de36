import { Component, input } from '@angular/core';

/** This person's own moving picture. */
@Component({
  selector: 'kss-own-video',
  host: { '[class.mirrored]': 'mirrored()' },
  template:
    '<video autoplay playsinline [muted]="true" [srcObject]="stream()" [attr.aria-label]="label()"></video>',
  styles: `
    :host {
      display: block;
    }
    video {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: inherit;
    }
    :host(.mirrored) video {
      transform: scaleX(-1);
    }
  `,
})
export class OwnVideo {
  readonly stream = input.required<MediaStream>();
  readonly label = input.required<string>();
  /** People expect to see themselves as in a mirror. */
  readonly mirrored = input(false);
}
