import * as z from 'zod';
import { ManualClock } from '../clocks/manual-clock.ts';
import { Fault } from '../faults/fault.ts';
import { MAX_SCENARIO, ScenarioError, parseScenario } from '../scenario/scenario-text.ts';
import type { ScenarioInput } from '../scenario/scenario.ts';
import { INVALID_KEY, credentialOf, isAccepted } from '../transport/credentials.ts';
import { HttpError } from '../transport/http.ts';
import type { HttpAnswer, HttpHandler, HttpRequest } from '../transport/http.ts';
import type { Controls } from './controls.ts';
import { writtenRecording } from './written-recording.ts';

const ROOT = '/admin/';
/** The longest body in JSON, in bytes. */
const MAX_JSON = 64 * 1024;

const Advance = z.strictObject({ advanceMs: z.number().min(0) });

/** Does what a request asks for; `id` is the part of the path that names something. */
type Act = (request: HttpRequest, id: string) => Promise<HttpAnswer> | HttpAnswer;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly act: Act;
}

/** Shows what an emulator was sent, and takes hold of it, over HTTP. */
export function adminApi(controls: Controls, apiKey: string | undefined): HttpHandler {
  const routes = routesOf(controls);
  return (request) => {
    const { method, path, query, headers } = request;
    if (!path.startsWith(ROOT)) return null;
    // A page in a browser on this machine has no business here, and a browser says where a request comes from.
    if (headers.origin !== undefined) throw new HttpError(403, 'Not for web pages.');
    if (path === '/admin/health') return { status: 200, body: { status: 'ok' } };
    if (apiKey !== undefined && !isAccepted(credentialOf(query, headers), apiKey)) {
      throw new HttpError(401, INVALID_KEY);
    }
    const found = routes.filter((route) => route.path.test(path));
    if (found.length === 0) throw new HttpError(404, 'Not found.');
    const route = found.find((each) => each.method === method);
    if (!route) throw new HttpError(405, `Only ${found.map((each) => each.method).join(', ')}.`);
    return route.act(request, decoded(route.path.exec(path)?.[1] ?? ''));
  };
}

function routesOf(controls: Controls): Route[] {
  const { faults } = controls;
  const session = (id: string) => {
    const found = controls.sessions().find(({ sessionId }) => sessionId === id);
    if (!found) throw new HttpError(404, `There is no session ${id}.`);
    return found;
  };
  return [
    route('GET', 'sessions', () => ok({ sessions: controls.sessions() })),
    route('GET', 'sessions/([^/]+)', (_, id) => ok(session(id))),
    route('GET', 'sessions/([^/]+)/frames', (_, id) =>
      ok({ frames: controls.frames(session(id).sessionId) }),
    ),
    route('GET', 'sessions/([^/]+)/recordings', (_, id) =>
      ok({ recordings: controls.recordings(session(id).sessionId).map(writtenRecording) }),
    ),
    route('GET', 'faults', () => ok({ faults: faults.list() })),
    route('POST', 'faults', async (request) => {
      const fault = await jsonOf(request, Fault);
      if (fault.fault === 'outage' && !controls.outlivesOutage && fault.for === undefined) {
        throw new HttpError(
          409,
          'Without an admin port of its own nobody could end an outage: give it a time (for).',
        );
      }
      return { status: 201, body: { id: faults.add(fault) } };
    }),
    route('DELETE', 'faults', () => {
      faults.clear();
      return ok({});
    }),
    route('DELETE', 'faults/([^/]+)', (_, id) => {
      if (!faults.list().some((fault) => fault.id === id))
        throw new HttpError(404, `There is no fault ${id}.`);
      faults.clear(id);
      return ok({});
    }),
    route('PUT', 'scenario', async (request) => {
      const scenario = await scenarioOf(request);
      controls.load(scenario);
      return ok({ name: scenario.name ?? null, steps: scenario.steps?.length ?? 0 });
    }),
    route('DELETE', 'scenario', () => {
      controls.load({});
      return ok({});
    }),
    route('GET', 'clock', () =>
      ok({ now: controls.clock.now(), manual: controls.clock instanceof ManualClock }),
    ),
    route('POST', 'clock', async (request) => {
      const { advanceMs } = await jsonOf(request, Advance);
      const { clock } = controls;
      if (!(clock instanceof ManualClock)) throw new HttpError(409, 'The clock runs by itself.');
      await clock.advance(advanceMs);
      return ok({ now: clock.now(), manual: true });
    }),
    route('POST', 'reset', () => {
      controls.reset();
      return ok({});
    }),
  ];
}

/** @param path below the root; one part of it may be a group */
function route(method: string, path: string, act: Act): Route {
  return { method, path: new RegExp(`^${ROOT}${path}$`), act };
}

function ok(body: unknown): HttpAnswer {
  return { status: 200, body };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw new HttpError(400, 'The path is badly encoded.');
    throw error;
  }
}

async function jsonOf<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
  const read = schema.safeParse(parsed(await request.text(MAX_JSON)));
  if (read.success) return read.data;
  throw new HttpError(
    400,
    read.error.issues
      .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
      .join('; '),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new HttpError(400, 'The body is no JSON.');
    throw error;
  }
}

async function scenarioOf(request: HttpRequest): Promise<ScenarioInput> {
  const text = await request.text(MAX_SCENARIO);
  try {
    return await parseScenario(text, 'scenario');
  } catch (error) {
    if (error instanceof ScenarioError) throw new HttpError(400, error.message);
    throw error;
  }
}
