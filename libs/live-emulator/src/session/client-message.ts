import * as z from 'zod';
import { snakeCase } from '../transport/wire-format.ts';
import { Blob, Content, empty, opaque } from './fields.ts';
import { invalidArgument } from './refusal.ts';
import { Setup, Tool } from './setup.ts';

export const RealtimeInput = z.strictObject({
  audio: Blob.optional(),
  video: Blob.optional(),
  mediaChunks: z.array(Blob).max(100).optional(),
  text: z.string().optional(),
  activityStart: empty.optional(),
  activityEnd: empty.optional(),
  audioStreamEnd: z.boolean().optional(),
});
export type RealtimeInput = z.infer<typeof RealtimeInput>;

export const ClientContent = z.strictObject({
  turns: z.array(Content).max(10_000).default([]),
  turnComplete: z.boolean().default(false),
});
export type ClientContent = z.infer<typeof ClientContent>;

export const FunctionResponse = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  response: opaque.optional(),
  parts: z.array(opaque).optional(),
  scheduling: z.enum(['SCHEDULING_UNSPECIFIED', 'SILENT', 'WHEN_IDLE', 'INTERRUPT']).optional(),
  willContinue: z.boolean().optional(),
});
export type FunctionResponse = z.infer<typeof FunctionResponse>;

const ContextUpdate = z.strictObject({
  systemInstruction: Content.optional(),
  tools: z.strictObject({ tools: z.array(Tool).max(128).optional() }).optional(),
});
export type ContextUpdate = z.infer<typeof ContextUpdate>;

/** One client frame; exactly one of its fields is set. */
export const ClientMessage = z
  .strictObject({
    setup: Setup.optional(),
    clientContent: ClientContent.optional(),
    realtimeInput: RealtimeInput.optional(),
    toolResponse: z.strictObject({ functionResponses: z.array(FunctionResponse).default([]) }).optional(),
    contextUpdate: ContextUpdate.optional(),
  })
  .refine((message) => Object.keys(message).length === 1);
export type ClientMessage = z.infer<typeof ClientMessage>;

/**
 * Checks decoded JSON against the API's message.
 * @throws Refusal 1007 in the service's own words.
 */
export function parseClientMessage(json: unknown): ClientMessage {
  const result = ClientMessage.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (!issue || issue.path.length === 0) {
    if (issue?.code === 'unrecognized_keys') throw unknownName(issue.keys[0] ?? '', '');
    throw invalidArgument();
  }
  const path = fieldPath(issue.path);
  if (issue.code === 'unrecognized_keys') throw unknownName(issue.keys[0] ?? '', path);
  throw invalidArgument(`Invalid value at '${path}'`);
}

function unknownName(name: string, path: string) {
  const at = path ? ` at '${path}'` : '';
  return invalidArgument(
    `Invalid JSON payload received. Unknown name "${name.slice(0, 40)}"${at}: Cannot find field.`,
  );
}

function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${snakeCase(String(step))}`))
    .join('')
    .slice(1);
}
