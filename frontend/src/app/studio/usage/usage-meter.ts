import { Component, computed, input } from '@angular/core';
import type { LiveUsage } from '@studio/contracts';
import { BUDGET_WORDS, budgetShare, budgetState, dollars, tokensWords, totalTokens } from './usage-words.ts';

const MODALITIES = [
  { of: 'text', title: 'Text' },
  { of: 'audio', title: 'Audio' },
  { of: 'image', title: 'Pictures' },
] as const;

/** What Gemini has used in this room: money, the budget, tokens by kind. */
@Component({
  selector: 'kss-usage-meter',
  host: { 'data-testid': 'usage' },
  template: `
    <div class="cost">
      <strong data-testid="cost">{{ cost() }}</strong>
      <span>
        @if (budget(); as it) {
          of {{ it.limit }},
        }
        estimated · {{ total() }} tokens</span
      >
    </div>
    @if (budget(); as it) {
      <div
        class="bar"
        role="meter"
        aria-label="Budget of this room"
        aria-valuemin="0"
        aria-valuemax="100"
        data-testid="budget"
        [attr.data-state]="it.state"
        [attr.aria-valuenow]="it.shown"
        [attr.aria-valuetext]="it.percent + ' % of ' + it.limit"
      >
        <i [style.width.%]="it.shown"></i><i class="mark" aria-hidden="true"></i>
      </div>
      <p [class]="it.state">
        <b>{{ it.percent }} %</b> {{ it.words }}
      </p>
    } @else {
      <p>This room has no budget.</p>
    }
    <table>
      <thead>
        <tr>
          <td></td>
          @for (modality of modalities; track modality.of) {
            <th scope="col">{{ modality.title }}</th>
          }
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.title) {
          <tr>
            <th scope="row">{{ row.title }}</th>
            @for (cell of row.cells; track $index) {
              <td>{{ cell }}</td>
            }
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './usage-meter.scss',
})
export class UsageMeter {
  readonly usage = input.required<LiveUsage>();
  readonly budgetUsd = input.required<number | null>();
  protected readonly modalities = MODALITIES;
  protected readonly cost = computed(() => dollars(this.usage().costUsd));
  protected readonly total = computed(() => tokensWords(totalTokens(this.usage())));
  protected readonly rows = computed(() => {
    const { input: heard, output } = this.usage();
    const cells = (tokens: typeof heard) => MODALITIES.map(({ of }) => tokensWords(tokens[of]));
    return [
      { title: 'To Gemini', cells: cells(heard) },
      { title: 'From Gemini', cells: cells(output) },
    ];
  });
  protected readonly budget = computed(() => {
    const budgetUsd = this.budgetUsd();
    const share = budgetShare(this.usage(), budgetUsd);
    if (budgetUsd === null || share === undefined) return undefined;
    const state = budgetState(share);
    const percent = Math.floor(share * 100);
    return {
      state,
      percent,
      shown: Math.min(100, percent),
      limit: dollars(budgetUsd),
      words: BUDGET_WORDS[state],
    };
  });
}
