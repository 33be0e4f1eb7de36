import { DatePipe } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import { GEMINI_ID } from '@studio/contracts';
import type { SearchHit } from '@studio/contracts';
import { Avatar } from '../../ui/avatar.ts';
import { MarkedText } from '../../ui/marked-text.ts';
import { GeminiOrb } from '../gemini-orb.ts';

/** A line that was found: whose it is, when it was said, and the words in it. */
@Component({
  selector: 'kss-hit-row',
  imports: [Avatar, DatePipe, GeminiOrb, MarkedText],
  template: `
    @if (gemini()) {
      <kss-gemini-orb state="listening" [still]="true" />
    } @else {
      <kss-avatar [id]="hit().actor.id" [name]="hit().actor.name" />
    }
    <span class="what">
      <span class="head">
        <span class="name">{{ hit().actor.name }}</span>
        <time>{{ hit().at | date: 'd MMM y, HH:mm' }}</time>
      </span>
      <kss-marked-text class="snippet" [text]="hit().snippet" [marks]="hit().marks" />
    </span>
  `,
  styles: `
    :host {
      display: flex;
      gap: var(--s3);
      min-width: 0;
      text-align: left;
    }
    kss-avatar,
    kss-gemini-orb {
      flex: none;
      width: 30px;
      height: 30px;
      font-size: 12px;
    }
    .what {
      display: grid;
      flex: 1;
      min-width: 0;
    }
    .head {
      display: flex;
      align-items: baseline;
      gap: var(--s2);
      min-width: 0;
    }
    .name {
      overflow: hidden;
      font: var(--mat-sys-label-large);
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    time {
      flex: none;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-small);
      font-weight: 450;
    }
    .snippet {
      overflow-wrap: anywhere;
      font: var(--mat-sys-body-medium);
      line-height: 1.45;
    }
  `,
})
export class HitRow {
  readonly hit = input.required<SearchHit>();
  protected readonly gemini = computed(() => this.hit().actor.id === GEMINI_ID);
}
