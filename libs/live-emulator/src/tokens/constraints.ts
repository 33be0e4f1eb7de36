import { Setup } from '../session/setup.ts';

/** What a token lays down for the setups of its sessions. */
export interface Constraints {
  readonly setup: Partial<Setup>;
  /** Paths such as `generationConfig.temperature` that clients cannot set; null: everything. */
  readonly locked: readonly string[] | null;
}

/** A message of the API while it is put together. */
type Fields = Record<string, unknown>;

/** The setup that comes of what a client asks for: what is locked is as the token has it, whatever the client says. */
export function constrain(asked: Setup, { setup, locked }: Constraints): Setup {
  const fixed: Fields = { ...setup };
  const result: Fields = locked === null ? fixed : structuredClone(asked);
  for (const path of locked ?? []) copyField(fixed, result, path.split('.'));
  result.model ??= asked.model;
  // What a session is resumed with nobody can lay down beforehand.
  const handle = asked.sessionResumption?.handle;
  if (handle !== undefined && isFields(result.sessionResumption)) {
    result.sessionResumption = { ...result.sessionResumption, handle };
  }
  return Setup.parse(result);
}

function copyField(from: Fields, to: Fields, [name = '', ...rest]: readonly string[]): void {
  const source = from[name];
  if (rest.length === 0) {
    if (source === undefined) Reflect.deleteProperty(to, name);
    else to[name] = source;
    return;
  }
  const target = isFields(to[name]) ? to[name] : {};
  copyField(isFields(source) ? source : {}, target, rest);
  to[name] = target;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
