import { DatePipe } from '@angular/common';
import { Component, computed, input, output } from '@angular/core';
import { mdiAlertCircleOutline, mdiCreationOutline, mdiMicrophoneOutline, mdiWeb } from '@mdi/js';
import { GEMINI_ID } from '@studio/contracts';
import { Avatar } from '../ui/avatar.ts';
import { Icon } from '../ui/icon.ts';
import { MarkedText } from '../ui/marked-text.ts';
import { marksOf } from '../ui/marked-parts.ts';
import type { Line } from './conversation-lines.ts';
import { listed } from './floor/floor-words.ts';
import { GeminiOrb } from './gemini-orb.ts';
import { ToolLine } from './tool-line.ts';
import { toolTitle } from './tool-words.ts';

export type MessageLineOf = Exclude<Line, { kind: 'day' }>;

/** One line of the conversation. */
@Component({
  selector: 'kss-message-line',
  imports: [Avatar, DatePipe, GeminiOrb, Icon, MarkedText, ToolLine],
  host: {
    '[attr.data-testid]': 'testId()',
    '[attr.data-kind]': 'shownKind()',
    '[attr.data-author]': 'line().author.name',
    '[attr.data-author-id]': 'line().author.id',
    '[attr.data-seq]': 'seq()',
    '[class.own]': 'spoken()?.own',
    '[class.continued]': 'spoken()?.continued',
    '[class.system]': '!spoken()',
    '[class.draft]': 'line().kind === "draft"',
  },
  templateUrl: './message-line.html',
  styleUrl: './message-line.scss',
})
export class MessageLine {
  readonly line = input.required<MessageLineOf>();
  /** What was looked for, to be marked. */
  readonly marked = input<readonly string[]>([]);
  /** Say a refused line again. */
  readonly retry = output();
  protected readonly geminiId = GEMINI_ID;
  protected readonly icons = { mdiAlertCircleOutline, mdiCreationOutline, mdiMicrophoneOutline, mdiWeb };

  protected readonly spoken = computed(() => {
    const line = this.line();
    return line.kind === 'system' || line.kind === 'tool' || line.kind === 'running' ? undefined : line;
  });
  protected readonly marks = computed(() => {
    const text = this.spoken()?.text;
    return text === undefined || this.marked().length === 0 ? [] : marksOf(text, this.marked());
  });
  protected readonly tool = computed(() => {
    const line = this.line();
    return line.kind === 'tool' ? line.call : undefined;
  });
  protected readonly running = computed(() => {
    const line = this.line();
    return line.kind === 'running' ? toolTitle(line.name) : undefined;
  });
  protected readonly notice = computed(() => {
    const line = this.line();
    return line.kind === 'system' ? line.text : '';
  });
  protected readonly several = computed(() => {
    const line = this.line();
    return line.kind === 'speech' && line.speakers.length > 0;
  });
  protected readonly name = computed(() => {
    const line = this.line();
    if (line.kind === 'speech' && line.speakers.length > 0)
      return listed(line.speakers.map(({ name }) => name));
    return this.spoken()?.own ? `${line.author.name} (you)` : line.author.name;
  });
  protected readonly asked = computed(() => {
    const line = this.line();
    return (line.kind === 'chat' && line.asked) || (line.kind === 'outgoing' && line.ask);
  });
  protected readonly testId = computed(() => {
    const { kind } = this.line();
    return kind === 'draft' || kind === 'outgoing' || kind === 'running' ? kind : 'message';
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
