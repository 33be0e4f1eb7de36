import type { LiveConnectConfig } from '@google/genai';
import * as z from 'zod';
import type { Line } from '../run/line.ts';

const Blob = z.object({ data: z.string(), mimeType: z.string() });
const Part = z.looseObject({ text: z.string().optional() });
const Content = z.object({ role: z.string().optional(), parts: z.array(Part) });

const Setup = z.object({
  setup: z.looseObject({ model: z.string(), generationConfig: z.looseObject({}).optional() }),
});

/** What the recorded clients sent after their setup. */
const Request = z.union([
  z.strictObject({
    clientContent: z.strictObject({
      turns: z.array(Content).optional(),
      turnComplete: z.boolean().optional(),
    }),
  }),
  z.strictObject({
    realtimeInput: z.strictObject({
      audio: Blob.optional(),
      video: Blob.optional(),
      text: z.string().optional(),
      activityStart: z.strictObject({}).optional(),
      activityEnd: z.strictObject({}).optional(),
      audioStreamEnd: z.boolean().optional(),
      mediaChunks: z.array(Blob).optional(),
    }),
  }),
  z.strictObject({
    toolResponse: z.strictObject({
      functionResponses: z.array(z.looseObject({ id: z.string().optional(), name: z.string().optional() })),
    }),
  }),
]);

/** The model and the configuration with which the SDK sends this setup. */
export function connectionOf(frame: unknown): {
  readonly model: string;
  readonly config: LiveConnectConfig;
} {
  const { model, generationConfig, ...rest } = Setup.parse(frame).setup;
  return { model: model.split('/').at(-1) ?? model, config: { ...generationConfig, ...rest } };
}

/** Has the SDK send what a recorded client sent. */
export function resend(line: Line, frame: unknown): void {
  const request = Request.parse(frame);
  if ('clientContent' in request) {
    line.session.sendClientContent(request.clientContent);
  } else if ('toolResponse' in request) {
    line.respond(...request.toolResponse.functionResponses);
  } else {
    const { mediaChunks = [], ...input } = request.realtimeInput;
    for (const media of mediaChunks) line.send({ media });
    if (Object.keys(input).length > 0) line.send(input);
  }
}
