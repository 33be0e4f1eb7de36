import { describe, expect, it } from 'vitest';
import { endpointOf } from './endpoint.ts';

describe('endpointOf', () => {
  it.each(['v1', 'v1beta', 'v1alpha'])(
    'knows the Developer API at version %s, with one or two slashes',
    (version) => {
      const rest = `ws/google.ai.generativelanguage.${version}.GenerativeService.BidiGenerateContent`;
      const expected = { backend: 'developer', version, constrained: false };
      expect(endpointOf(`/${rest}`)).toEqual(expected);
      expect(endpointOf(`//${rest}`)).toEqual(expected);
      expect(endpointOf(`/any/prefix/${rest}`)).toEqual(expected);
      expect(endpointOf(`//${rest}Constrained`)).toEqual({ ...expected, constrained: true });
    },
  );

  it.each(['v1', 'v1beta1'])('knows Vertex AI at version %s', (version) => {
    const rest = `ws/google.cloud.aiplatform.${version}.LlmBidiService/BidiGenerateContent`;
    for (const path of [`/${rest}`, `//${rest}`, `/prefix/${rest}`]) {
      expect(endpointOf(path)).toEqual({ backend: 'vertex', version, constrained: false });
    }
  });

  it.each([
    '/',
    '/ws',
    '///ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent',
    '/ws/google.ai.generativelanguage.v2.GenerativeService.BidiGenerateContent',
    '/ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent/more',
    '/wsx/google.cloud.aiplatform.v1.LlmBidiService/BidiGenerateContent',
    '/ws/google.cloud.aiplatform.v1beta.LlmBidiService/BidiGenerateContent',
  ])('knows nothing of %s', (path) => {
    expect(endpointOf(path)).toBeNull();
  });
});
