import type * as z from 'zod';
import type { ErrorCode } from '@studio/contracts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a request that was done is answered with. */
export interface Answer {
  readonly description: string;
  /** JSON; undefined: no body, or one of `contentTypes`. */
  readonly schema?: z.ZodType;
  /** Of a body that is no JSON. */
  readonly contentTypes?: readonly string[];
  readonly headers?: readonly AnswerHeader[];
}

export type AnswerHeader = 'ETag' | 'Link' | 'Location' | 'Content-Disposition' | 'Set-Cookie';
export type RequestHeader = 'Idempotency-Key' | 'If-Match' | 'If-None-Match';

/** One method of one path, as it is described to whoever uses the HTTP API. */
export interface Route {
  readonly method: Method;
  /** With `{name}` for each parameter; all of them are ids. */
  readonly path: string;
  /** Unique, and a good name for a function. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  /** Needs no session. */
  readonly open?: true;
  readonly query?: z.ZodType;
  readonly headers?: readonly RequestHeader[];
  readonly body?: z.ZodType;
  /** The body may be left out. */
  readonly bodyOptional?: true;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Besides those that follow from the parts of the request. */
  readonly problems?: readonly ErrorCode[];
}

export type Tag =
  'Studio' | 'Session' | 'Rooms' | 'Entry' | 'People' | 'Conversation' | 'Gemini' | 'Operations';

export const NOTHING: Answer = { description: 'Done.' };
