import type { LiveService } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { CASES } from '../cases/all.ts';
import { EMULATOR, emulatedSpeech } from '../command/emulator-source.ts';
import { instancesOf } from '../run/instances.ts';
import { runCase } from '../run/run-case.ts';

/** A test for every case on a service's emulator. */
export function describeSuite(service: LiveService): void {
  const instances = instancesOf(CASES, service);
  // A group of which nothing is about this service is none here.
  describe.concurrent.for([...Map.groupBy(instances, ({ group }) => group)])('%s', ([, own]) => {
    for (const instance of own) {
      it(instance.title, async () => {
        const outcome = await runCase(instance, EMULATOR, emulatedSpeech);
        expect(outcome.result === 'failed' ? outcome.differences : []).toEqual([]);
        expect(outcome.result).toBe('passed');
      });
    }
  });
}
