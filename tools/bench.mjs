import { foreground } from './process/foreground.mjs';
import { setUp } from './set-up/set-up.mjs';
import { main } from './terminal/main.mjs';

const BENCHES = ['live-relay', 'rooms'];

main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const named = BENCHES.find((bench) => bench === name);
  if (named === undefined && name !== undefined && !name.startsWith('-'))
    throw new Error(`there is no bench "${name}": name one of ${BENCHES.join(', ')}`);
  const [bench, options] = named === undefined ? [BENCHES[0], process.argv.slice(2)] : [named, args];
  foreground(await setUp(), new URL(`../bench/${bench}/main.ts`, import.meta.url), options);
});
