import { describeEventLog } from './event-log.contract.ts';
import { MemoryEventLog } from './memory-event-log.fixture.ts';

// What other tests take for the port must be like it.
describeEventLog(
  'The one in memory',
  () => {
    const { logs } = new MemoryEventLog();
    const open = () => Promise.resolve(new MemoryEventLog(logs));
    return Promise.resolve({
      ...{ open, openBeside: open },
      leftOf: (log) => Promise.resolve([...logs.keys()].filter((name) => name === log)),
      remove: () => Promise.resolve(),
    });
  },
  { modelRuns: 200 },
);
