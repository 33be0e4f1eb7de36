import { bootstrapApplication } from '@angular/platform-browser';
import * as z from 'zod';
import { appConfig } from './app/app.config.ts';
import { App } from './app/app.ts';

// Otherwise zod tries out whether it may compile code, which the Content Security Policy forbids and reports.
z.config({ jitless: true });

await bootstrapApplication(App, appConfig);
