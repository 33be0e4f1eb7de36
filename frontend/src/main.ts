import { bootstrapApplication } from '@angular/platform-browser';
import { forbidCodeGeneration } from '@studio/contracts';
import { appConfig } from './app/app.config.ts';
import { App } from './app/app.ts';

forbidCodeGeneration();
await bootstrapApplication(App, appConfig);
