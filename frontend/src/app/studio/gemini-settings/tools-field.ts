import { Component, computed, inject } from '@angular/core';
import { MatCheckbox } from '@angular/material/checkbox';
import { RoomStore } from '../room-store.ts';
import { toolTitle } from '../tool-words.ts';
import { LiveSettingsStore } from './live-settings-store.ts';
import { SwitchField } from './switch-field.ts';

/** Which of the studio's tools Gemini may use. */
@Component({
  selector: 'kss-tools-field',
  host: { '[class.reading]': '!store.mayEdit()' },
  imports: [MatCheckbox, SwitchField],
  template: `
    <kss-switch-field field="allTools" />
    @for (tool of tools(); track tool.name) {
      <mat-checkbox
        [checked]="tool.chosen"
        [disabled]="!store.mayEdit() || store.draft().allTools"
        [attr.data-testid]="'tool-' + tool.name"
        (change)="choose(tool.name, $event.checked)"
      >
        <span class="title">{{ tool.title }}</span>
        <span class="detail">{{ tool.description }}</span>
      </mat-checkbox>
    } @empty {
      <p class="detail">This studio has no tools.</p>
    }
    @if (store.problems().get('tools'); as words) {
      <p class="problem" role="alert">{{ words }}</p>
    }
  `,
  styleUrl: './field.scss',
  styles: `
    mat-checkbox {
      display: block;
      margin-left: -10px;
    }
  `,
})
export class ToolsField {
  protected readonly store = inject(LiveSettingsStore);
  readonly #room = inject(RoomStore);
  protected readonly tools = computed(() => {
    const { allTools, tools } = this.store.draft();
    const known = this.#room.liveInfo()?.tools ?? [];
    const gone = tools.filter((name) => !known.some((tool) => tool.name === name));
    return [
      ...known,
      ...gone.map((name) => ({ name, description: 'The studio does not have it any more.' })),
    ].map((tool) => ({
      ...tool,
      title: toolTitle(tool.name),
      chosen: allTools || tools.includes(tool.name),
    }));
  });

  protected choose(name: string, chosen: boolean): void {
    const others = this.store.draft().tools.filter((other) => other !== name);
    this.store.change('tools', chosen ? [...others, name] : others);
  }
}
