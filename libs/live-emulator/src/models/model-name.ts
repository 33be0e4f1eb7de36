import type { Backend } from './backend.ts';

const FORMS: Record<Backend, RegExp> = {
  developer: /^models\/([\w.-]+)$/,
  vertex: /^(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/google\/models\/([\w.-]+)$/,
};

/** The bare model id of a full resource name in the form that the backend wants, or null. */
export function modelIdOf(name: string, backend: Backend): string | null {
  return FORMS[backend].exec(name)?.[1] ?? null;
}
