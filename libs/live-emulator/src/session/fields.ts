import * as z from 'zod';

/** Numbers that Protocol Buffers' JSON may also write as strings. */
export const integer = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
]);

export const natural = integer.refine((value) => value >= 0);

/** A message without fields. */
export const empty = z.strictObject({});

/** Something that the emulator takes and does not interpret. */
export const opaque = z.record(z.string(), z.unknown());

export const Blob = z.strictObject({
  data: z.string().regex(/^[A-Za-z0-9+/_-]*={0,2}$/),
  mimeType: z.string().max(200),
  displayName: z.string().optional(),
});
export type Blob = z.infer<typeof Blob>;

export const Part = z.strictObject({
  text: z.string().optional(),
  inlineData: Blob.optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  fileData: opaque.optional(),
  functionCall: opaque.optional(),
  functionResponse: opaque.optional(),
  executableCode: opaque.optional(),
  codeExecutionResult: opaque.optional(),
  videoMetadata: opaque.optional(),
  mediaResolution: opaque.optional(),
  partMetadata: opaque.optional(),
  speechMetadata: opaque.optional(),
});
export type Part = z.infer<typeof Part>;

export const Content = z.strictObject({
  role: z.enum(['user', 'model', 'system']).optional(),
  parts: z.array(Part).max(1000).default([]),
});
export type Content = z.infer<typeof Content>;

/** The text parts of a content, a paragraph each. */
export function textOf(content: Content | undefined): string {
  return (content?.parts ?? []).flatMap((part) => (part.text === undefined ? [] : [part.text])).join('\n');
}
