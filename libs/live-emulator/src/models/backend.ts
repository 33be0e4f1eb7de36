import type { LiveService } from '@studio/contracts';

/** The two services that offer the Live API; they differ in URL, model names and a few fields. */
export type Backend = LiveService;
