export * from './level.ts';
export * from './pcm.ts';
export * from './resample.ts';
export * from './voice-activity.ts';
export * from './wav.ts';
