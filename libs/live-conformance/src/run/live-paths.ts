import type { LiveService } from '@studio/contracts';

/** The API version of a service that is asked for unless a case says otherwise. */
export const USUAL_VERSION: Record<LiveService, string> = { developer: 'v1beta', vertex: 'v1beta1' };

/** The path of the Live API on a service. `constrained`: for an ephemeral token. */
export function livePath(service: LiveService, version: string, constrained = false): string {
  return service === 'developer'
    ? `/ws/google.ai.generativelanguage.${version}.GenerativeService.BidiGenerateContent${constrained ? 'Constrained' : ''}`
    : `/ws/google.cloud.aiplatform.${version}.LlmBidiService/BidiGenerateContent`;
}
