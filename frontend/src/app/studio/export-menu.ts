import { Component, inject, input } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { mdiDownloadOutline } from '@mdi/js';
import type { ExportFormat, RoomId } from '@studio/contracts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { RoundButton } from '../ui/round-button.ts';

const FORMATS: readonly { readonly format: ExportFormat; readonly title: string; readonly detail: string }[] =
  [
    { format: 'md', title: 'Markdown', detail: 'To read, and to edit' },
    { format: 'txt', title: 'Plain text', detail: 'One line after the other' },
    { format: 'json', title: 'JSON', detail: 'Everything, for programs' },
    { format: 'vtt', title: 'WebVTT', detail: 'Captions with times' },
  ];

/** The whole conversation as a file: plain links, so that the browser downloads it, however long it is. */
@Component({
  selector: 'kss-export-menu',
  imports: [MatMenu, MatMenuItem, MatMenuTrigger, MatTooltip, RoundButton],
  template: `
    <button
      kssRound
      type="button"
      data-testid="export-menu"
      aria-label="Export the conversation"
      matTooltip="Export the conversation"
      [icon]="icon"
      [matMenuTriggerFor]="menu"
    ></button>
    <mat-menu #menu="matMenu" xPosition="before">
      @for (choice of formats; track choice.format) {
        <a
          mat-menu-item
          download
          [attr.data-testid]="'export-' + choice.format"
          [href]="api.exportUrl(roomId(), choice.format)"
        >
          <span class="title">{{ choice.title }}</span>
          <span class="detail">{{ choice.detail }}</span>
        </a>
      }
    </mat-menu>
  `,
  styles: `
    .title {
      display: block;
      font: var(--mat-sys-label-large);
    }
    .detail {
      display: block;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class ExportMenu {
  readonly roomId = input.required<RoomId>();
  protected readonly api = inject(STUDIO_API);
  protected readonly formats = FORMATS;
  protected readonly icon = mdiDownloadOutline;
}
