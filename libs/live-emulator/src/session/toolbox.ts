import * as z from 'zod';
import type { DeclaredFunction, DeclaredParameter } from '../mind/plan.ts';
import type { ModelProfile } from '../models/profiles.ts';
import { snakeCase } from '../transport/wire-format.ts';
import { invalidArgument } from './refusal.ts';
import type { Tool } from './setup.ts';

/** What the model of a session may do besides speaking. */
export interface Toolbox {
  readonly functions: readonly DeclaredFunction[];
  readonly canSearch: boolean;
}

/** What native audio models do not take, as Google documents. */
const UNSUPPORTED = ['codeExecution', 'urlContext'] as const;

/** As much of an OpenAPI or JSON schema as tells a mind what to give. */
const Parameters = z.object({
  type: z.string().regex(/^object$/i),
  properties: z
    .record(z.string(), z.looseObject({ type: z.unknown().optional(), enum: z.unknown().optional() }))
    .optional(),
  required: z.array(z.string()).optional(),
});

/**
 * Reads the tools of a setup.
 * @throws Refusal 1007 when the model does not take a tool, a function is declared twice, its parameters are no schema of an object, or it is to be called in a way that
 *   the model does not know.
 */
export function readTools(tools: readonly Tool[], profile: ModelProfile): Toolbox {
  const functions = tools.flatMap(({ functionDeclarations = [] }) =>
    functionDeclarations.map((declaration): DeclaredFunction => ({
      name: declaration.name,
      description: declaration.description ?? '',
      blocking: isBlocking(declaration.name, declaration.behavior, profile),
      parameters: readParameters(declaration),
    })),
  );
  const unsupported = profile.nativeAudio
    ? UNSUPPORTED.find((name) => tools.some((tool) => name in tool))
    : undefined;
  if (unsupported !== undefined) {
    throw invalidArgument(`Tool '${snakeCase(unsupported)}' is not supported by ${profile.id}.`);
  }
  const names = functions.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidArgument(`Duplicate function declaration found: ${twice}`);
  return { functions, canSearch: tools.some(({ googleSearch }) => googleSearch !== undefined) };
}

function isBlocking(name: string, asked: string | undefined, { id, functionCalls }: ModelProfile): boolean {
  const behavior = asked === undefined || asked === 'UNSPECIFIED' ? null : asked;
  const refused =
    (functionCalls === 'sync-only' && behavior === 'NON_BLOCKING') ||
    (functionCalls === 'async-only' && behavior === 'BLOCKING');
  if (refused) throw invalidArgument(`Function '${name}': behavior ${behavior} is not supported by ${id}.`);
  if (behavior !== null) return behavior === 'BLOCKING';
  return functionCalls === 'blocking' || functionCalls === 'sync-only';
}

type Declaration = NonNullable<Tool['functionDeclarations']>[number];

function readParameters({ name, parameters, parametersJsonSchema }: Declaration): DeclaredParameter[] {
  if (parameters !== undefined && parametersJsonSchema !== undefined) {
    throw invalidArgument(
      `Function '${name}': only one of parameters and parameters_json_schema can be set.`,
    );
  }
  const schema = parameters ?? parametersJsonSchema;
  if (schema === undefined) return [];
  const read = Parameters.safeParse(schema);
  if (!read.success) throw invalidArgument(`Function '${name}': parameters must be a schema of type OBJECT.`);
  const { properties = {}, required = [] } = read.data;
  const unknown = required.find((key) => !(key in properties));
  if (unknown !== undefined) {
    throw invalidArgument(`Function '${name}': required property '${unknown.slice(0, 40)}' is not defined.`);
  }
  return Object.entries(properties).map(([key, property]) => ({
    name: key,
    type: typeof property.type === 'string' ? property.type.toLowerCase() : 'any',
    required: required.includes(key),
    choices: Array.isArray(property.enum) ? property.enum.filter((choice) => typeof choice === 'string') : [],
  }));
}
