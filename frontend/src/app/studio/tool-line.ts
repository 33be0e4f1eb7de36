import { Component, computed, input } from '@angular/core';
import { mdiChevronRight, mdiWrenchOutline } from '@mdi/js';
import { Icon } from '../ui/icon.ts';
import type { ToolCall } from './conversation-lines.ts';
import { OUTCOME_WORDS, durationWords, readableJson, toolTitle } from './tool-words.ts';

/** A tool that Gemini has used: what it is on one line, what it was given and what it answered behind it. */
@Component({
  selector: 'kss-tool-line',
  imports: [Icon],
  host: {
    'data-testid': 'tool-call',
    '[attr.data-tool]': 'call().name',
    '[attr.data-outcome]': 'call().outcome',
  },
  template: `
    <details>
      <summary>
        <kss-icon class="tool" [path]="icons.mdiWrenchOutline" />
        <span class="title"
          >Gemini used <b>{{ title() }}</b></span
        >
        <span class="outcome" [class.failed]="call().outcome !== 'ok'">{{ outcome() }}</span>
        <kss-icon class="more" [path]="icons.mdiChevronRight" />
      </summary>
      <dl>
        <dt>Given</dt>
        <dd>
          <pre>{{ args() }}</pre>
        </dd>
        <dt>Answered</dt>
        <dd>
          <pre>{{ result() }}</pre>
        </dd>
      </dl>
    </details>
  `,
  styleUrl: './tool-line.scss',
})
export class ToolLine {
  readonly call = input.required<ToolCall>();
  protected readonly icons = { mdiChevronRight, mdiWrenchOutline };
  protected readonly title = computed(() => toolTitle(this.call().name));
  protected readonly outcome = computed(() => {
    const { outcome, durationMs } = this.call();
    return outcome === 'ok'
      ? durationWords(durationMs)
      : `${OUTCOME_WORDS[outcome]} · ${durationWords(durationMs)}`;
  });
  protected readonly args = computed(() => readableJson(this.call().args));
  protected readonly result = computed(() => readableJson(this.call().result));
}
