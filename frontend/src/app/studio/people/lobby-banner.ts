import { Component, computed, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiAccountClockOutline } from '@mdi/js';
import { Avatar } from '../../ui/avatar.ts';
import { Icon } from '../../ui/icon.ts';
import { listed } from '../floor/floor-words.ts';
import { LobbyAnswers } from './lobby-answers.ts';

/** Somebody knocks: seen at once, without a sound, by those who may let them in. */
@Component({
  selector: 'kss-lobby-banner',
  imports: [Avatar, Icon, MatButton],
  template: `
    @let waiting = lobby.waiting();
    <div class="live" role="status">
      @if (waiting.length > 0) {
        <div class="banner" data-testid="lobby-banner">
          @if (waiting.length === 1) {
            <kss-avatar [id]="waiting[0]!.id" [name]="waiting[0]!.name" />
          } @else {
            <kss-icon [path]="icons.mdiAccountClockOutline" />
          }
          <p>{{ words() }}</p>
          <span class="actions">
            @if (waiting.length === 1) {
              <button
                matButton
                type="button"
                data-testid="lobby-refuse"
                (click)="lobby.answer(waiting[0]!, false)"
              >
                Refuse
              </button>
              <button
                matButton="filled"
                type="button"
                data-testid="lobby-admit"
                (click)="lobby.answer(waiting[0]!, true)"
              >
                Admit
              </button>
            } @else {
              <button matButton type="button" data-testid="lobby-see" (click)="see.emit()">See who</button>
              <button
                matButton="filled"
                type="button"
                data-testid="lobby-admit-all"
                (click)="lobby.admitAll()"
              >
                Admit all
              </button>
            }
          </span>
        </div>
      }
    </div>
  `,
  styles: `
    .banner {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2) var(--s3);
      padding: var(--s2) var(--s2) var(--s2) var(--s4);
      margin: 0 var(--s4) var(--s3);
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: var(--radius);
      background: var(--mat-sys-surface-container-low);
      box-shadow: var(--shadow);
    }
    kss-avatar {
      font-size: 13px;
    }
    kss-icon {
      color: var(--mat-sys-primary);
    }
    p {
      flex: 1 1 160px;
      min-width: 0;
      font: var(--mat-sys-body-medium);
    }
    .actions {
      display: flex;
      gap: var(--s2);
      margin-left: auto;
    }
    button {
      height: 36px;
    }
    @media (max-width: 860px) {
      .banner {
        margin: 0 var(--s2) var(--s2);
      }
    }
  `,
})
export class LobbyBanner {
  /** Show the list of those who wait. */
  readonly see = output();
  protected readonly lobby = inject(LobbyAnswers);
  protected readonly icons = { mdiAccountClockOutline };
  protected readonly words = computed(() => {
    const names = this.lobby.waiting().map(({ name }) => name);
    return `${listed(names)} ${names.length === 1 ? 'waits' : 'wait'} in the lobby.`;
  });
}
