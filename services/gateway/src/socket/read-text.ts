import * as z from 'zod';
import { CLIENT_MESSAGE_TYPES, ClientMessage, LIMITS } from '@studio/contracts';
import type { CloseName, ErrorBody } from '@studio/contracts';

/** What a text frame is: a message, a reason to close, or a request that is answered with an error. */
export type TextFrame =
  { message: ClientMessage } | { close: CloseName } | { refuse: ErrorBody & { id: number } };

const Typed = z.looseObject({ type: z.string() });
const ChatWithLongText = z.looseObject({
  type: z.literal('chat'),
  id: z.int().min(1).max(0xffffffff),
  text: z.string(),
});

/** Reads one text frame of a client; it never throws, whatever the frame holds. */
export function readText(frame: Buffer): TextFrame {
  if (frame.byteLength > LIMITS.textFrameBytes) return { close: 'frameTooLarge' };
  const value = parseJson(frame);
  const typed = Typed.safeParse(value).data;
  if (!typed) return { close: 'malformedFrame' };
  if (!CLIENT_MESSAGE_TYPES.has(typed.type)) return { close: 'unknownType' };
  const parsed = ClientMessage.safeParse(value);
  return parsed.success ? { message: parsed.data } : refusal(value, parsed.error);
}

/** A person may write too much, or nothing: that is told to them. Anything else malformed is a broken client. */
function refusal(value: unknown, error: z.ZodError): TextFrame {
  const chat = ChatWithLongText.safeParse(value).data;
  const onlyText = error.issues.every(({ path }) => path[0] === 'text');
  if (!chat || !onlyText) return { close: 'malformedFrame' };
  return chat.text.trim() === ''
    ? { refuse: { id: chat.id, code: 'invalid', message: 'There is nothing to say in this message.' } }
    : {
        refuse: {
          id: chat.id,
          code: 'too_large',
          message: `A message has at most ${LIMITS.chatCharacters} characters.`,
        },
      };
}

function parseJson(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString('utf8'));
  } catch {
    return undefined;
  }
}
