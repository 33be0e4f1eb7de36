import { createLogger, readConfig, runService } from '@studio/platform';
import { startStudio } from './start-studio.ts';
import { StudioConfig } from './studio-config.ts';

runService('studio', async () => {
  const config = readConfig(StudioConfig, process.env);
  const studio = await startStudio(config, createLogger('studio', { level: config.LOG_LEVEL }));
  process.stdout.write(`Knowledge Synthesizer Studio is open at ${studio.url}\n`);
  return studio;
});
