import { InjectionToken } from '@angular/core';
import { StudioApi } from '@studio/client';

/** The HTTP API of the studio that served this page. */
export const STUDIO_API = new InjectionToken<StudioApi>('StudioApi', {
  factory: () => new StudioApi({ baseUrl: '' }),
});
