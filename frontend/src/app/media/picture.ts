import type { ElementRef } from '@angular/core';
import { Component, afterRenderEffect, input, viewChild } from '@angular/core';

/** Shows a decoded picture. */
@Component({
  selector: 'kss-picture',
  template: '<canvas #canvas role="img" [attr.aria-label]="label()"></canvas>',
  styles: `
    :host {
      display: block;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: inherit;
    }
  `,
})
export class Picture {
  readonly picture = input.required<ImageBitmap>();
  readonly label = input.required<string>();
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');

  constructor() {
    afterRenderEffect(() => {
      const picture = this.picture();
      const canvas = this.canvas().nativeElement;
      // A closed picture has no size; the next one is on its way.
      if (picture.width === 0) return;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
    });
  }
}
