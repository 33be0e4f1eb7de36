import type { AnswerHeader, RequestHeader } from './route.ts';

export const REQUEST_HEADERS: Record<RequestHeader, string> = {
  'Idempotency-Key':
    'What makes a repeated request the same one, 8 to 40 characters in quotes: for a day the answer is the room of the first time, as it is now, and no other one is made. 409 when the key was used with another body, or when the first request is still under way; 404 when the room has been deleted since.',
  'If-Match':
    'The ETag of what is to be changed: when something else is there now, the answer is 412, with `current` and its ETag. Without it the change is made to whatever is there.',
  'If-None-Match': 'ETags of what is known already: when nothing has changed, the answer is 304.',
};

export const ANSWER_HEADERS: Record<AnswerHeader, string> = {
  ETag: 'Changes with what is answered.',
  Link: 'The next page (`rel="next"`), when there is one.',
  Location: 'Where the new one is.',
  'Content-Disposition': 'The name of the file.',
  'Set-Cookie': 'The session.',
};
