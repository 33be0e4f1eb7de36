import { DatePipe } from '@angular/common';
import { Component, computed, input, output } from '@angular/core';
import { mdiAlertCircleOutline, mdiMicrophoneOutline } from '@mdi/js';
import { GEMINI_ID } from '@studio/contracts';
import { Avatar } from '../ui/avatar.ts';
import { Icon } from '../ui/icon.ts';
import { GeminiOrb } from './gemini-orb.ts';
import type { Line } from './conversation-lines.ts';

export type MessageLineOf = Exclude<Line, { kind: 'day' }>;

/** One line of the conversation. */
@Component({
  selector: 'kss-message-line',
  imports: [Avatar, DatePipe, GeminiOrb, Icon],
  host: {
    '[attr.data-testid]': 'testId()',
    '[attr.data-kind]': 'shownKind()',
    '[attr.data-author]': 'line().author.name',
    '[attr.data-author-id]': 'line().author.id',
    '[attr.data-seq]': 'seq()',
    '[class.own]': 'spoken()?.own',
    '[class.continued]': 'spoken()?.continued',
    '[class.system]': 'line().kind === "system"',
    '[class.draft]': 'line().kind === "draft"',
  },
  templateUrl: './message-line.html',
  styleUrl: './message-line.scss',
})
export class MessageLine {
  readonly line = input.required<MessageLineOf>();
  /** Say a refused line again. */
  readonly retry = output();
  protected readonly geminiId = GEMINI_ID;
  protected readonly icons = { mdiAlertCircleOutline, mdiMicrophoneOutline };

  protected readonly spoken = computed(() => {
    const line = this.line();
    return line.kind === 'system' ? undefined : line;
  });
  protected readonly testId = computed(() => {
    const { kind } = this.line();
    return kind === 'draft' || kind === 'outgoing' ? kind : 'message';
  });
  protected readonly shownKind = computed(() => {
    const { kind } = this.line();
    return kind === 'draft' ? 'speech' : kind === 'outgoing' ? 'chat' : kind;
  });
  protected readonly seq = computed(() => {
    const line = this.line();
    return 'seq' in line ? line.seq : null;
  });
  protected readonly at = computed(() => {
    const line = this.line();
    return 'at' in line ? line.at : undefined;
  });
}
