import type { ViewContainerRef } from '@angular/core';
import { Service, inject } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';

export type RoomTab = 'room-settings' | 'room-invites' | 'room-members';

/** Opens what there is to see and to decide about the room. */
@Service()
export class RoomDialogs {
  readonly #dialog = inject(MatDialog);

  /** @param place in the room's page: what the dialog works on belongs to it */
  async open(tab: RoomTab, place: ViewContainerRef): Promise<void> {
    const { RoomDialog } = await import('./room-dialog.ts');
    const config = new MatDialogConfig<RoomTab>();
    config.data = tab;
    config.viewContainerRef = place;
    config.width = '620px';
    config.maxWidth = 'calc(100vw - 32px)';
    config.maxHeight = 'min(860px, calc(100dvh - 32px))';
    config.autoFocus = 'dialog';
    this.#dialog.open(RoomDialog, config);
  }
}
