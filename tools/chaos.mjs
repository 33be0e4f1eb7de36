import { foreground } from './process/foreground.mjs';
import { setUp } from './set-up/set-up.mjs';
import { main } from './terminal/main.mjs';

main(async () => {
  foreground(await setUp(), new URL('../bench/chaos/main.ts', import.meta.url), process.argv.slice(2));
});
