import { parseArgs } from 'node:util';
import { CHECKS } from './checks/checks.mjs';
import { inWords } from './checks/outcome.mjs';
import { provide } from './checks/requirements.mjs';
import { build } from './set-up/build.mjs';
import { install } from './set-up/install.mjs';
import { runtime } from './set-up/runtime.mjs';
import { main } from './terminal/main.mjs';
import { step } from './terminal/step.mjs';

/** They run what is built, and are about the sources as they are: a part that is run alone has nobody else to build them. */
const BUILT = new Set(['e2e', 'rolling-restart', 'chaos']);

const USAGE = `usage: npm test -- [--only NAME]...   of ${CHECKS.map(({ name }) => name).join(', ')}`;

main(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const names = values.only?.flatMap((given) => given.split(','));
  const unknown = names?.find((name) => CHECKS.every((check) => check.name !== name));
  if (unknown !== undefined) throw new Error(`there is no check "${unknown}"\n${USAGE}`);
  const checks = CHECKS.filter(({ name }) => names?.includes(name) ?? true);

  const total = { passed: 0, failed: 0 };
  try {
    await step('dependencies', install);
    let { env } = runtime();
    await step('requirements', async () => {
      const needs = [...new Set(checks.flatMap((check) => check.needs))];
      env = await provide(needs, env);
      return needs.length === 0 ? 'none' : needs.map(({ name }) => name).join(', ');
    });
    for (const { name, run } of checks) {
      let details = '';
      await step(name, async () => {
        if (BUILT.has(name)) await build(env);
        const outcome = await run(env);
        total.passed += outcome.passed;
        total.failed += outcome.failed;
        if (outcome.failed > 0) details = `\n${outcome.details.trim()}\n\n`;
        return inWords(outcome);
      });
      process.stdout.write(details);
    }
  } catch (error) {
    // What cannot even be run counts as one failure, so that the last line never looks like success.
    total.failed += 1;
    process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
});
