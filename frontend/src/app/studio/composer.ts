import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import type { ElementRef } from '@angular/core';
import { Component, computed, input, output, signal, viewChild } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { mdiCreation, mdiSend } from '@mdi/js';
import type { Addressing } from '@studio/contracts';
import { LIMITS } from '@studio/contracts';
import { Icon } from '../ui/icon.ts';
import { GeminiOrb } from './gemini-orb.ts';
import { mentionStart, withMention } from './mention.ts';

/** The counter shows up when so few characters are left. */
const COUNT_FROM = 500;

const PLACEHOLDER: Record<Addressing, string> = {
  always: 'Message everyone and Gemini',
  'when-addressed': 'Message, @Gemini to ask',
  observer: 'Message everyone',
};

/** A line that was typed; `ask`: Gemini shall answer it, whatever the room's addressing. */
export interface TypedLine {
  readonly text: string;
  readonly ask: boolean;
}

/** Where a line is typed. Enter sends it, Ctrl+Enter asks Gemini with it, Shift+Enter begins a new one. */
@Component({
  selector: 'kss-composer',
  imports: [CdkTextareaAutosize, GeminiOrb, Icon, MatTooltip],
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
})
export class Composer {
  readonly allowed = input.required<boolean>();
  readonly addressing = input.required<Addressing>();
  readonly say = output<TypedLine>();
  /** Gemini shall answer what was said last. */
  readonly ask = output();
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly autosize = viewChild.required(CdkTextareaAutosize);
  protected readonly text = signal('');
  /** Where the caret stands; undefined when it is not here, or a suggestion was refused there. */
  protected readonly caret = signal<number | undefined>(undefined);
  protected readonly countFrom = COUNT_FROM;
  protected readonly icons = { mdiCreation, mdiSend };
  protected readonly placeholder = computed(() =>
    this.allowed() ? PLACEHOLDER[this.addressing()] : 'You may read here, not write',
  );
  protected readonly asks = computed(() => this.allowed() && this.addressing() !== 'always');
  protected readonly blank = computed(() => this.text().trim() === '');
  protected readonly left = computed(() => LIMITS.chatCharacters - this.text().trim().length);
  protected readonly ready = computed(() => this.allowed() && this.left() >= 0 && !this.blank());
  protected readonly mentioning = computed(() => {
    const caret = this.caret();
    return caret !== undefined && mentionStart(this.text(), caret) !== undefined;
  });

  protected onInput(): void {
    this.text.set(this.field().nativeElement.value);
    this.caret.set(this.field().nativeElement.selectionStart);
  }

  /** The caret may have moved without a change of the text. */
  protected onCaret(): void {
    if (this.caret() !== undefined) this.caret.set(this.field().nativeElement.selectionStart);
  }

  protected onKey(event: KeyboardEvent): void {
    // Enter also ends a composition of an input method: that is no wish to send.
    if (event.isComposing) return;
    if (this.mentioning() && ['Enter', 'Tab', 'Escape'].includes(event.key)) {
      event.preventDefault();
      if (event.key === 'Escape') this.caret.set(undefined);
      else this.mention();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.send(event.ctrlKey || event.metaKey);
    }
  }

  protected mention(): void {
    const { text, caret } = withMention(this.text(), this.caret() ?? this.text().length);
    this.#write(text);
    this.field().nativeElement.setSelectionRange(caret, caret);
  }

  protected askNow(): void {
    if (this.blank()) this.ask.emit();
    else this.send(true);
  }

  protected send(ask: boolean): void {
    if (!this.ready()) return;
    this.say.emit({ text: this.text().trim(), ask });
    this.#write('');
  }

  #write(text: string): void {
    this.text.set(text);
    this.caret.set(undefined);
    // By hand: a binding would not notice what was typed and sent before it was checked.
    this.field().nativeElement.value = text;
    this.autosize().resizeToFitContent(true);
  }
}
