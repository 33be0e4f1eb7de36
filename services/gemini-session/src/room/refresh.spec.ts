import { expect, it } from 'vitest';
import { Refresh } from './refresh.ts';

it('looks once more, and not more often, for what was asked while it looked', async () => {
  const looks: PromiseWithResolvers<undefined>[] = [];
  const refresh = new Refresh(async () => {
    const look = Promise.withResolvers<undefined>();
    looks.push(look);
    await look.promise;
  });
  refresh.ask();
  refresh.ask();
  refresh.ask();
  expect(looks).toHaveLength(1);
  for (const look of looks) {
    look.resolve(undefined);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(looks).toHaveLength(2);
  refresh.ask();
  expect(looks).toHaveLength(3);
});
