import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AudioEngine } from './audio-engine.ts';

const MODULE = new URL('https://studio.test/capture.js');
const addModule = vi.fn<(module: URL) => Promise<void>>();

class SilentContext extends EventTarget {
  readonly state = 'suspended';
  readonly audioWorklet = { addModule };
}

beforeEach(() => {
  addModule.mockReset();
  vi.stubGlobal('AudioContext', SilentContext);
  vi.stubGlobal('isSecureContext', true);
});
afterEach(() => vi.unstubAllGlobals());

test('a worklet that several wait for is loaded once', async () => {
  addModule.mockResolvedValue();
  const engine = TestBed.inject(AudioEngine);
  await Promise.all([engine.load(MODULE), engine.load(MODULE)]);
  expect(addModule).toHaveBeenCalledTimes(1);
});

test('a worklet that could not be loaded is loaded when it is needed again', async () => {
  addModule.mockRejectedValueOnce(new DOMException('offline', 'AbortError')).mockResolvedValueOnce();
  const engine = TestBed.inject(AudioEngine);
  await expect(engine.load(MODULE)).rejects.toThrow('could not be loaded');
  await engine.load(MODULE);
  expect(addModule).toHaveBeenCalledTimes(2);
});

test('a page that is not served securely is told so before anything is loaded', async () => {
  vi.stubGlobal('isSecureContext', false);
  await expect(TestBed.inject(AudioEngine).load(MODULE)).rejects.toThrow('https');
  expect(addModule).not.toHaveBeenCalled();
});
