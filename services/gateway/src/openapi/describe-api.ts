import { STATUS_CODES } from 'node:http';
import { ERROR_STATUS, PROTOCOL, WS_PATH } from '@studio/contracts';
import type { ErrorCode } from '@studio/contracts';
import { ANSWER_HEADERS, REQUEST_HEADERS } from './headers.ts';
import type { Answer, Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { answerSchema, answerSchemas, requestSchema } from './schemas.ts';

const ABOUT = `What people and programs do with rooms. Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`; lists come in
pages, whose \`next\` and \`Link\` (RFC 8288) lead on. The conversation itself goes over a WebSocket, \`${WS_PATH}\` with the subprotocol \`${PROTOCOL}\`.`;
const PARAMETER = /\{(\w+)\}/g;
const ID = { type: 'string', pattern: '^[A-Za-z0-9_-]{22}$' };

/** The OpenAPI 3.1 description of the HTTP API. */
export function describeApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES) (paths[route.path] ??= {})[route.method] = operation(route);
  return {
    openapi: '3.1.0',
    info: { title: 'Knowledge Synthesizer Studio', version, description: ABOUT },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    tags: [...new Set(ROUTES.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: answerSchemas(),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'kss_session' } },
    },
  };
}

function operation(route: Route): object {
  const { id, tag, summary, body, bodyOptional, open } = route;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(open && { security: [] }),
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(body && {
      requestBody: {
        required: bodyOptional !== true,
        content: { 'application/json': { schema: requestSchema(body) } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, response(answer)]),
      ),
      ...problems(route),
    },
  };
}

function pathParameters({ path }: Route): object[] {
  return Array.from(path.matchAll(PARAMETER), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: ID,
  }));
}

function queryParameters({ query }: Route): object[] {
  const { properties = {}, required = [] } = query ? requestSchema(query) : {};
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
}

function headerParameters({ headers = [] }: Route): object[] {
  return headers.map((name) => ({
    ...{
      name,
      in: 'header',
      required: false,
      description: REQUEST_HEADERS[name],
      schema: { type: 'string' },
    },
  }));
}

function response({ description, schema, contentTypes, headers = [] }: Answer): object {
  const content = schema
    ? { 'application/json': { schema: answerSchema(schema) } }
    : contentTypes && Object.fromEntries(contentTypes.map((type) => [type, {}]));
  return {
    description,
    ...(content && { content }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(
        headers.map((name) => [name, { description: ANSWER_HEADERS[name], schema: { type: 'string' } }]),
      ),
    }),
  };
}

/** What can go wrong: by the parts of the request, by the route, and anywhere. */
function problems(route: Route): Record<string, object> {
  const codes: ErrorCode[] = [...(route.problems ?? [])];
  // A page of somewhere else may change nothing.
  if (route.method !== 'get' && !codes.includes('forbidden')) codes.unshift('forbidden');
  if (route.path.includes('{') || route.query || route.body) codes.push('invalid');
  if (route.path.includes('{')) codes.push('not_found');
  if (route.body) codes.push('too_large');
  if (route.headers?.includes('If-Match')) codes.push('precondition_failed');
  if (!route.open) codes.push('unauthenticated');
  const statuses = Map.groupBy(codes, (code) => ERROR_STATUS[code]);
  const named = Array.from(statuses, ([status, own]) => {
    const description = `${STATUS_CODES[status] ?? 'Error'}: \`${own.join('`, `')}\`.`;
    return [String(status), problem(description)] as const;
  });
  return { ...Object.fromEntries(named), default: problem('Something went wrong on the studio’s side.') };
}

function problem(description: string): object {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
