export * from './jitter-buffer.ts';
export * from './level.ts';
export * from './limiter.ts';
export * from './mixer.ts';
export * from './pcm.ts';
export * from './resample.ts';
export * from './voice-activity.ts';
export * from './wav.ts';
