import type { ApplicationConfig } from '@angular/core';
import { inject, provideAppInitializer, provideBrowserGlobalErrorListeners } from '@angular/core';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { MAT_DIALOG_DEFAULT_OPTIONS } from '@angular/material/dialog';
import { MAT_SNACK_BAR_DEFAULT_OPTIONS } from '@angular/material/snack-bar';
import { routes } from './app.routes.ts';
import { SessionStore } from './session/session-store.ts';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes, withComponentInputBinding()),
    {
      provide: MAT_DIALOG_DEFAULT_OPTIONS,
      // They stand in place of all of Material's own: without a role no dialog would be told as one.
      useValue: { role: 'dialog', ariaModal: true, width: '460px', maxWidth: 'calc(100vw - 32px)' },
    },
    { provide: MAT_SNACK_BAR_DEFAULT_OPTIONS, useValue: { duration: 8_000, verticalPosition: 'top' } },
    provideAppInitializer(() => inject(SessionStore).load()),
  ],
};
