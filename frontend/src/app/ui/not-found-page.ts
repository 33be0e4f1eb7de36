import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiMapMarkerQuestionOutline } from '@mdi/js';
import { NoticeCard } from './notice-card.ts';

@Component({
  selector: 'kss-not-found-page',
  imports: [MatButton, NoticeCard, RouterLink],
  template: `
    <main>
      <kss-notice-card [icon]="icon" heading="There is no such page" text="The address may be mistyped.">
        <a matButton="filled" routerLink="/">All rooms</a>
      </kss-notice-card>
    </main>
  `,
  styles: `
    main {
      display: grid;
      min-height: 100dvh;
      place-content: center;
    }
  `,
})
export class NotFoundPage {
  protected readonly icon = mdiMapMarkerQuestionOutline;
}
