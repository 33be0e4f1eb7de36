import { Component } from '@angular/core';
import { Brand } from './brand.ts';

/** The head of a page: the studio, and at the other end what the page puts in. */
@Component({
  selector: 'kss-page-head',
  imports: [Brand],
  host: { role: 'banner' },
  template: `
    <kss-brand />
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--s3);
      min-height: 64px;
      padding: var(--s2) clamp(var(--s4), 3vw, var(--s6));
    }
    kss-brand {
      margin-right: auto;
    }
  `,
})
export class PageHead {}
