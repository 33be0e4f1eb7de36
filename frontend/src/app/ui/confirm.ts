import { Service, inject } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

export interface Question {
  readonly heading: string;
  readonly text: string;
  /** What happens on yes, as the button says it. */
  readonly action: string;
  /** It takes something away. */
  readonly danger?: boolean;
  /** What has to be typed for yes. */
  readonly typed?: string;
}

/** Asks a person whether they really want something. */
@Service()
export class Confirm {
  readonly #dialog = inject(MatDialog);

  async ask(question: Question): Promise<boolean> {
    const { ConfirmDialog } = await import('./confirm-dialog.ts');
    const config = new MatDialogConfig<Question>();
    config.data = question;
    config.width = '460px';
    config.maxWidth = 'calc(100vw - 32px)';
    config.role = 'alertdialog';
    config.autoFocus = question.typed === undefined ? 'first-tabbable' : 'input';
    const dialog = this.#dialog.open<InstanceType<typeof ConfirmDialog>, Question, boolean>(
      ConfirmDialog,
      config,
    );
    return (await firstValueFrom(dialog.afterClosed())) === true;
  }
}
