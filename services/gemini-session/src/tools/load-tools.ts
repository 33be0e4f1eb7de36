import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '@studio/platform';
import * as z from 'zod';
import { BUILT_IN_TOOLS } from './built-in/built-in-tools.ts';
import { declaration } from './function-calling.ts';
import { HttpTools, httpRun, withEnvironment } from './http-tool.ts';
import { ToolRegistry } from './tool-registry.ts';
import type { Tool } from './tool.ts';

/** What a module of tools is given, so that it needs no package of its own. */
export interface ToolKit {
  readonly z: typeof z;
}

/** A tool as an operator writes it: its parameters in zod or as JSON Schema. */
export type OperatorTool = Omit<Tool, 'parameters'> & {
  readonly parameters: z.ZodObject | Readonly<Record<string, unknown>>;
};

/** The default export of a module of tools. */
export type ToolModule = (kit: ToolKit) => readonly OperatorTool[] | Promise<readonly OperatorTool[]>;

const OperatorTool = z.object({
  name: z
    .string()
    .regex(
      /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/,
      'must be a name of letters, digits, underscores, dots and dashes, 64 at most',
    ),
  description: z.string().trim().min(1, 'must not be empty').max(1_000, 'must have at most 1000 characters'),
  parameters: z.custom<OperatorTool['parameters']>(
    (value) => typeof value === 'object' && value !== null,
    'must be a zod object or a JSON Schema',
  ),
  run: z.custom<Tool['run']>((value) => typeof value === 'function', 'must be a function'),
});

/**
 * The built-in tools and those of the operator. `paths`: modules of tools (.js, .mjs, .ts), and descriptions of tools that are called over
 * HTTP (.json).
 * @throws ConfigError with one line per file that cannot be used
 */
export async function loadTools(paths: readonly string[], env: NodeJS.ProcessEnv): Promise<ToolRegistry> {
  const loaded = await Promise.allSettled(paths.map((path) => toolsOf(path, env)));
  const problems = loaded.flatMap((one, index) =>
    one.status === 'rejected' ? [`GEMINI_TOOLS: ${paths[index] ?? ''}: ${firstLine(one.reason)}`] : [],
  );
  const tools = [
    ...BUILT_IN_TOOLS,
    ...loaded.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
  ];
  const doubled = tools.filter(
    ({ name }, index) => tools.findIndex((other) => other.name === name) !== index,
  );
  problems.push(...doubled.map(({ name }) => `GEMINI_TOOLS: there are two tools with the name ${name}`));
  if (problems.length > 0) throw new ConfigError(problems);
  return new ToolRegistry(tools);
}

async function toolsOf(path: string, env: NodeJS.ProcessEnv): Promise<Tool[]> {
  const tools = path.endsWith('.json') ? await describedTools(path, env) : await moduleTools(path);
  return tools.map((tool, index) => usable(tool, index));
}

async function moduleTools(path: string): Promise<readonly unknown[]> {
  const module = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
  if (typeof module.default !== 'function')
    throw new Error('its default export must be a function that gives a list of tools');
  const tools = await (module.default as (kit: ToolKit) => unknown)({ z });
  if (!Array.isArray(tools)) throw new Error('its default export must give a list of tools');
  return tools as unknown[];
}

async function describedTools(path: string, env: NodeJS.ProcessEnv): Promise<OperatorTool[]> {
  const described = HttpTools.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!described.success) throw new Error(problemOf(described.error));
  return described.data.tools.map(({ name, description, parameters, url, headers }) => ({
    ...{ name, description, parameters },
    run: httpRun({ url, headers: withEnvironment(headers, env) }),
  }));
}

/** @throws Error when it cannot be called, or Gemini cannot be told of it */
function usable(given: unknown, index: number): Tool {
  const parsed = OperatorTool.safeParse(given);
  if (!parsed.success) throw new Error(`tool ${index + 1}: ${problemOf(parsed.error)}`);
  const { name, description, run } = parsed.data;
  try {
    const tool: Tool = { name, description, parameters: objectOf(parsed.data.parameters), run };
    declaration(tool);
    return tool;
  } catch (error) {
    throw new Error(`tool ${name}: ${firstLine(error)}`, { cause: error });
  }
}

function objectOf(parameters: OperatorTool['parameters']): z.ZodObject {
  if (parameters instanceof z.ZodObject) return parameters;
  if ('_zod' in parameters || '_def' in parameters)
    throw new Error('parameters: must be a z.object of the z that the module is given');
  const schema = z.fromJSONSchema(parameters);
  if (!(schema instanceof z.ZodObject)) throw new Error('parameters: must be a JSON Schema of type object');
  return schema;
}

function problemOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? text;
}
