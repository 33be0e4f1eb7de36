import { expect, it } from 'vitest';
import { hashPasscode, isPasscode } from './passcode.ts';

it('knows the passcode again, and no other one', async () => {
  const hash = await hashPasscode('öffne dich');
  expect(await isPasscode('öffne dich', hash)).toBe(true);
  expect(await isPasscode('öffne dich ', hash)).toBe(false);
  expect(await isPasscode('', hash)).toBe(false);
});

it('takes the same letters for the same, however they were typed', async () => {
  expect(await isPasscode('o\u0308ffne', await hashPasscode('\u00f6ffne'))).toBe(true);
});

it('keeps neither the passcode nor anything by which two rooms with the same one are known', async () => {
  const [one, other] = await Promise.all([hashPasscode('12345678'), hashPasscode('12345678')]);
  expect(one).not.toContain('12345678');
  expect(one).not.toBe(other);
});
