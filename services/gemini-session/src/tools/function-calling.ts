import { Behavior, FunctionResponse, FunctionResponseScheduling, Type } from '@google/genai';
import type { FunctionDeclaration } from '@google/genai';
import { liveModel } from '@studio/contracts';
import * as z from 'zod';
import { liveService } from '../gemini-session-config.ts';
import type { GeminiSessionConfig } from '../gemini-session-config.ts';
import { liveSchema } from './live-schema.ts';
import type { JsonSchema } from './live-schema.ts';
import type { CallEnd } from './run-tool.ts';
import type { Tool } from './tool.ts';

/** How a model calls functions, and so how they are declared and answered. */
export interface FunctionCalling {
  /** It goes on speaking meanwhile; otherwise it waits for all answers to what it asked for at once. */
  readonly goesOn: boolean;
  /** `behavior` and `scheduling` are known to the service. Where they are not said, the model's default holds. */
  readonly says: boolean;
}

/**
 * Models that call without waiting are told so explicitly. Vertex AI is told nothing: its calls take neither word in every region yet, and
 * its default for such models is the same. A model that is not known here is taken to wait.
 */
export function functionCalling(modelId: string, config: GeminiSessionConfig): FunctionCalling {
  const service = liveService(config);
  const model = liveModel(modelId, service);
  const goesOn = model?.functionCalls === 'non-blocking' || model?.functionCalls === 'async-only';
  return { goesOn, says: goesOn && service === 'developer' };
}

/** What a session is told of the tools. Made anew each time: the SDK changes what it is given. */
export function functionDeclarations(
  tools: readonly Tool[],
  { says }: Pick<FunctionCalling, 'says'>,
): FunctionDeclaration[] {
  return tools.map((tool) => ({ ...declaration(tool), ...(says && { behavior: Behavior.NON_BLOCKING }) }));
}

/** @throws Error when the Live API cannot be told the tool's parameters */
export function declaration({ name, description, parameters }: Tool): FunctionDeclaration {
  const schema = liveSchema(z.toJSONSchema(parameters, { io: 'input' }) as JsonSchema);
  return {
    name,
    description,
    ...(schema.properties !== undefined && { parameters: { ...schema, type: Type.OBJECT } }),
  };
}

/**
 * The answer to one call. Gemini tells it as soon as it has said what it is saying; an answer that nobody asks for any more it only knows.
 */
export function functionResponse(
  id: string | undefined,
  name: string,
  { outcome, response }: CallEnd,
  { says }: Pick<FunctionCalling, 'says'>,
): FunctionResponse {
  const { SILENT, WHEN_IDLE } = FunctionResponseScheduling;
  const scheduling = outcome === 'cancelled' ? SILENT : WHEN_IDLE;
  return Object.assign(new FunctionResponse(), {
    ...(id !== undefined && { id }),
    ...{ name, response },
    ...(says && { scheduling }),
  });
}
