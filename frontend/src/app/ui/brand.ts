import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

/** The studio's mark and name; leads to the rooms. */
@Component({
  selector: 'kss-brand',
  imports: [RouterLink],
  template: `
    <a routerLink="/" aria-label="Knowledge Synthesizer Studio, all rooms">
      <img src="favicon.svg" width="30" height="30" alt="" />
      <span><span class="long">Knowledge Synthesizer </span><b>Studio</b></span>
    </a>
  `,
  styles: `
    :host {
      min-width: 0;
    }
    a {
      display: flex;
      align-items: center;
      gap: var(--s3);
      min-height: 44px;
      color: inherit;
      font: var(--mat-sys-title-medium);
      text-decoration: none;
      white-space: nowrap;
      border-radius: var(--radius-small);
    }
    span {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    @media (max-width: 640px) {
      .long {
        display: none;
      }
    }
    b {
      font-weight: 680;
    }
  `,
})
export class Brand {}
