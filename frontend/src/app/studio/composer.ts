import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import type { ElementRef } from '@angular/core';
import { Component, computed, input, output, signal, viewChild } from '@angular/core';
import { mdiSend } from '@mdi/js';
import { LIMITS } from '@studio/contracts';
import { Icon } from '../ui/icon.ts';

/** The counter shows up when so few characters are left. */
const COUNT_FROM = 500;

/** Where a line is typed. Enter sends it, Shift+Enter begins a new one. */
@Component({
  selector: 'kss-composer',
  imports: [CdkTextareaAutosize, Icon],
  template: `
    <form (submit)="$event.preventDefault(); send()">
      <textarea
        #field
        cdkTextareaAutosize
        cdkAutosizeMinRows="1"
        cdkAutosizeMaxRows="7"
        rows="1"
        data-testid="composer"
        name="message"
        enterkeyhint="send"
        aria-label="Message to everybody, Gemini included"
        aria-describedby="composer-counter"
        [placeholder]="allowed() ? 'Message everyone and Gemini' : 'You may read here, not write'"
        [disabled]="!allowed()"
        (input)="text.set($any($event.target).value)"
        (keydown.enter)="onEnter($event)"
      ></textarea>
      <button type="submit" data-testid="send" aria-label="Send" [disabled]="!ready()">
        <kss-icon [path]="icon" />
      </button>
    </form>
    <p id="composer-counter" role="status" [class.over]="left() < 0">
      @if (left() < 0) {
        {{ -left() }} characters too many
      } @else if (left() <= countFrom) {
        {{ left() }} characters left
      }
    </p>
  `,
  styleUrl: './composer.scss',
})
export class Composer {
  readonly allowed = input.required<boolean>();
  readonly say = output<string>();
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly autosize = viewChild.required(CdkTextareaAutosize);
  protected readonly text = signal('');
  protected readonly countFrom = COUNT_FROM;
  protected readonly icon = mdiSend;
  protected readonly left = computed(() => LIMITS.chatCharacters - this.text().trim().length);
  protected readonly ready = computed(() => this.allowed() && this.left() >= 0 && this.text().trim() !== '');

  protected onEnter(event: Event): void {
    // Enter also ends a composition of an input method: that is no wish to send.
    if (!(event instanceof KeyboardEvent) || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  protected send(): void {
    if (!this.ready()) return;
    this.say.emit(this.text().trim());
    this.text.set('');
    // By hand: a binding would not notice what was typed and sent before it was checked.
    this.field().nativeElement.value = '';
    this.autosize().resizeToFitContent(true);
  }
}
