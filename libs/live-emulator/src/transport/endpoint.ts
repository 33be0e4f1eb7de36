import type { Backend } from '../models/backend.ts';

/** What the URL of a Live connection says. */
export interface Endpoint {
  readonly backend: Backend;
  readonly version: string;
  /** Opened with an ephemeral token. */
  readonly constrained: boolean;
}

const ROOT = String.raw`^(?:/.*[^/])?/{1,2}ws/`;
const DEVELOPER = new RegExp(
  ROOT +
    String.raw`google\.ai\.generativelanguage\.(v1|v1beta|v1alpha)\.GenerativeService\.BidiGenerateContent(Constrained)?$`,
);
const VERTEX = new RegExp(
  ROOT + String.raw`google\.cloud\.aiplatform\.(v1|v1beta1)\.LlmBidiService/BidiGenerateContent$`,
);

/** Reads a request path; SDKs send one or two slashes before `ws`, after any prefix of their base URL. */
export function endpointOf(path: string): Endpoint | null {
  const developer = DEVELOPER.exec(path);
  if (developer?.[1]) {
    return { backend: 'developer', version: developer[1], constrained: developer[2] !== undefined };
  }
  const vertex = VERTEX.exec(path);
  return vertex?.[1] ? { backend: 'vertex', version: vertex[1], constrained: false } : null;
}
