import { isDeepStrictEqual } from 'node:util';
import type { LiveConnectConfig } from '@google/genai';
import { liveModelProblems } from '@studio/contracts';
import type { LiveInfo, LiveSettings } from '@studio/contracts';
import { connectConfig } from './connect-config.ts';
import type { ConnectSettings } from './connect-config.ts';

/** What a connection is made with, apart from the handle to go on from. */
export interface ConnectionSettings {
  model: string;
  config: LiveConnectConfig;
  /** Why the service would refuse it, in plain words; undefined when it is not known that it would. */
  refusal: string | undefined;
}

/**
 * The connection that a room's settings want. They were taken when they were set, but the studio may have become another since: moved to
 * the other service, or without the model.
 */
export function connectionSettings(
  settings: LiveSettings,
  rest: Omit<ConnectSettings, 'settings'> & { studio: LiveInfo },
): ConnectionSettings {
  const problems = liveModelProblems(settings, rest.studio).map(({ message }) => message);
  return {
    model: settings.model ?? rest.studio.model,
    config: connectConfig({ settings, ...rest }),
    refusal: problems.length === 0 ? undefined : problems.join(' '),
  };
}

/** Whether a connection made with the one serves the other as well: then a change of the settings needs no new one. */
export function sameConnection(a: ConnectionSettings, b: ConnectionSettings): boolean {
  return isDeepStrictEqual(a, b);
}
