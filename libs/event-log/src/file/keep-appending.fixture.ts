import { openFileEventLog } from './file-event-log.ts';

// A writer process for tests: appends to several logs at once, and trims them, until it is killed; it reports on a line what is done.
const [directory = ''] = process.argv.slice(2);
const log = await openFileEventLog(directory);
const names = ['first', 'second', 'third'];
process.stdout.write('ready\n');
await Promise.all(
  names.map(async (name) => {
    for (let head = await log.head(name); ;) {
      const batch = Array.from({ length: 4 }, (_, index) =>
        log.append(name, head + index, `key-${head + index + 1}`, Buffer.alloc(2_000, head + index + 1)),
      );
      const first = Math.max(1, head - 20);
      const trimmed = log.trim(name, first).then(() => process.stdout.write(`trimmed ${name} ${first}\n`));
      head = (await Promise.all(batch)).at(-1) ?? head;
      process.stdout.write(`appended ${name} ${head}\n`);
      await trimmed;
    }
  }),
);
