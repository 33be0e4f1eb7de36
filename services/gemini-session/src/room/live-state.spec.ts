import { expect, it } from 'vitest';
import { liveState } from './live-state.ts';

const calm = { linkMs: 0, speaking: false, thinking: false };

it('hides a change of the connection from people unless it takes long', () => {
  expect(liveState({ ...calm, link: 'reconnecting' })).toBe('listening');
  expect(liveState({ ...calm, link: 'reconnecting', thinking: true })).toBe('thinking');
  expect(liveState({ ...calm, link: 'reconnecting', linkMs: 2_001 })).toBe('connecting');
  expect(liveState({ ...calm, link: 'reconnecting', linkMs: 2_001, speaking: true })).toBe('speaking');
});

it('tells what Gemini does', () => {
  expect(liveState({ ...calm, link: 'idle' })).toBe('idle');
  expect(liveState({ ...calm, link: 'connecting' })).toBe('connecting');
  expect(liveState({ ...calm, link: 'ready' })).toBe('listening');
  expect(liveState({ ...calm, link: 'ready', thinking: true, speaking: true })).toBe('speaking');
  expect(liveState({ ...calm, link: 'unavailable', speaking: true })).toBe('unavailable');
});
