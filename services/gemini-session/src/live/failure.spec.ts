import { expect, it } from 'vitest';
import { failureOf } from './failure.ts';

it.each([
  [
    undefined,
    'Live connection failed before setup completed: Unexpected server response: 401',
    'refused',
    /key or account/,
  ],
  [1008, 'API key not valid. Please pass a valid API key.', 'refused', /key or account/],
  [
    undefined,
    'Could not load the default credentials. Browse to https://cloud.google.com',
    'refused',
    /key or account/,
  ],
  [1008, 'models/gemini-9 is not found for API version v1beta', 'refused', /model/],
  [1011, 'You exceeded your current quota, please check your plan and billing details.', 'refused', /quota/],
  [undefined, 'Unexpected server response: 429', 'refused', /quota/],
  [1007, 'Request contains an invalid argument.', 'rejected', /settings/],
  [1008, 'BidiGenerateContent session not found', 'rejected', /settings/],
  [1011, 'Deadline expired before operation could complete.', 'passing', /cannot be reached/],
  [
    1006,
    'Live connection failed before setup completed: connect ECONNREFUSED 127.0.0.1:1',
    'passing',
    /cannot be reached/,
  ],
  [undefined, 'connecting was given up', 'passing', /cannot be reached/],
  [undefined, 'Unexpected server response: 503', 'passing', /cannot be reached/],
] as const)('says in plain words what code %s with "%s" means', (code, detail, kind, reason) => {
  const failure = failureOf({ code, detail, slow: false });
  expect(failure.kind).toBe(kind);
  expect(failure.reason).toMatch(reason);
  expect(failure.reason).not.toMatch(/\d|https?:/);
});

it('says that Gemini is slow when we gave up waiting', () => {
  expect(failureOf({ code: undefined, detail: 'stalled', slow: true })).toEqual({
    kind: 'passing',
    reason: 'Gemini takes too long to answer.',
  });
});
