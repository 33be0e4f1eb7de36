import { expect, it } from 'vitest';
import { ConfigError } from './config.ts';
import { explain } from './run-service.ts';

it('explains a taken port and each malformed setting in one line', () => {
  expect(explain(Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 8080 }))).toEqual([
    'port 8080 is in use: stop the other program or set PORT to a free one',
  ]);
  expect(explain(new ConfigError(['PORT: is needed', 'NATS_URL: is needed']))).toHaveLength(2);
  expect(explain(new Error('something else'))).toEqual(['something else']);
});
