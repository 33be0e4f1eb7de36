import { expect, test as base } from '@playwright/test';
import type { TestInfo } from '@playwright/test';
import type { StackOptions } from '../stack/stack-mode.ts';
import { Studio } from '../stack/studio.ts';
import { Person } from './person.ts';
import { HARVEST, LANTERN } from './recordings.ts';

/** A room with two people in it, on different gateways where there are several. */
export interface Meeting {
  ada: Person;
  ben: Person;
}

interface WorkerFixtures extends StackOptions {
  studio: Studio;
}

/** A test in a running studio; `strangers` have a browser each, with a profile and a microphone of its own; `meeting` brings them together. */
export const test = base.extend<{ meeting: Meeting; strangers: Meeting }, WorkerFixtures>({
  mode: ['embedded', { option: true, scope: 'worker' }],
  studio: [
    async ({ mode }, use) => {
      const studio = await Studio.start(mode);
      await use(studio);
      await studio.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  strangers: async ({ studio }, use, testInfo) => {
    const [ada, ben] = await Promise.all([Person.open('Ada', HARVEST), Person.open('Ben', LANTERN)]);
    try {
      await use({ ada, ben });
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) await explain(testInfo, studio, [ada, ben]);
      await Promise.all([ada.close(), ben.close()]);
    }
  },
  meeting: async ({ studio, strangers: { ada, ben } }, use, testInfo) => {
    const before = await studio.connectionsPerGateway();
    const link = await ada.createRoom(studio.url, testInfo.title.slice(0, 80));
    await ben.joinByLink(link);
    const after = await studio.connectionsPerGateway();
    const gained = after.map((count, index) => count - (before[index] ?? 0));
    // One process holds both; of several gateways, each has one of the two.
    expect(gained).toEqual(gained.length === 1 ? [2] : gained.map(() => 1));
    await use({ ada, ben });
  },
});

/** Lines of the log that are kept when a test fails. */
const LOG_LINES = 200;

/** What tells why a test failed, beside the report. */
async function explain(testInfo: TestInfo, studio: Studio, people: readonly Person[]): Promise<void> {
  for (const { name, traffic } of people) {
    const body = [...traffic.errors, ...traffic.failedRequests].join('\n');
    await testInfo.attach(`errors in the page of ${name}`, { body, contentType: 'text/plain' });
  }
  const body = studio.log.slice(-LOG_LINES).join('\n');
  await testInfo.attach('log of the studio', { body, contentType: 'text/plain' });
}

export { expect };
