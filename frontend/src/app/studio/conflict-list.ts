import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

export interface ConflictRow<F extends string = string> {
  readonly field: F;
  readonly title: string;
  /** Both have changed it: it is to be decided. */
  readonly open: boolean;
  readonly theirs: string;
  readonly mine: string;
}

export interface ConflictDecision<F extends string = string> {
  readonly field: F;
  readonly whose: 'mine' | 'theirs';
}

/** What somebody else has changed while this person was typing: to know, and to decide where both have changed the same. */
@Component({
  selector: 'kss-conflict-list',
  imports: [MatButton],
  template: `
    @if (rows().length > 0) {
      <section role="alert" data-testid="conflicts">
        <h3>Somebody else has changed this meanwhile</h3>
        <ul>
          @for (row of rows(); track row.field) {
            <li [attr.data-field]="row.field">
              <span class="title">{{ row.title }}</span>
              @if (row.open) {
                <span class="values"
                  >theirs: <b>{{ row.theirs }}</b> · yours: <b>{{ row.mine }}</b></span
                >
                <span class="actions">
                  <button
                    matButton
                    type="button"
                    data-testid="take-theirs"
                    (click)="decide.emit({ field: row.field, whose: 'theirs' })"
                  >
                    Take theirs
                  </button>
                  <button
                    matButton
                    type="button"
                    data-testid="keep-mine"
                    (click)="decide.emit({ field: row.field, whose: 'mine' })"
                  >
                    Keep yours
                  </button>
                </span>
              } @else {
                <span class="values"
                  ><b>{{ row.mine }}</b></span
                >
              }
            </li>
          }
        </ul>
        <p>What you typed is still there. Save again to apply it on top.</p>
      </section>
    }
  `,
  styles: `
    section {
      padding: var(--s3) var(--s4);
      border-radius: var(--radius);
      background: var(--attention-container);
      color: var(--on-attention-container);
      font: var(--mat-sys-body-medium);
    }
    h3 {
      font: var(--mat-sys-title-small);
      font-weight: 620;
    }
    ul {
      padding: 0;
      margin: var(--s2) 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 var(--s3);
      min-height: 40px;
    }
    .title {
      font-weight: 560;
    }
    .values {
      flex: 1 1 200px;
      min-width: 0;
    }
    button {
      --mat-button-text-label-text-color: var(--on-attention-container);
      text-decoration: underline;
    }
    p {
      font: var(--mat-sys-body-small);
    }
  `,
})
export class ConflictList<F extends string> {
  readonly rows = input.required<readonly ConflictRow<F>[]>();
  readonly decide = output<ConflictDecision<F>>();
}
