import * as z from 'zod';
import { SessionView, SignInBody, SignedInView, StudioView } from '@studio/contracts';
import { NOTHING } from './route.ts';
import type { Route } from './route.ts';

const HealthView = z.object({ ok: z.boolean(), checks: z.record(z.string(), z.boolean()) });

/** The studio itself, and who is signed in to it. */
export const STUDIO_ROUTES: readonly Route[] = [
  {
    ...{ method: 'get', path: '/api/studio', id: 'studio', tag: 'Studio', open: true },
    summary: 'What the studio is, before anybody signs in',
    answers: { 200: { description: 'The studio.', schema: StudioView } },
  },
  {
    ...{ method: 'get', path: '/api/openapi.json', id: 'describe', tag: 'Studio', open: true },
    summary: 'This description',
    answers: { 200: { description: 'OpenAPI 3.1.', contentTypes: ['application/json'] } },
  },
  {
    ...{ method: 'get', path: '/api/session', id: 'session', tag: 'Session', open: true },
    summary: 'Who is signed in',
    answers: { 200: { description: 'The person; null for nobody.', schema: SessionView } },
  },
  {
    ...{ method: 'post', path: '/api/session', id: 'signIn', tag: 'Session', open: true },
    summary: 'Sign in as a guest, or take another name',
    body: SignInBody,
    answers: { 200: { description: 'Signed in.', schema: SignedInView, headers: ['Set-Cookie'] } },
  },
  {
    ...{ method: 'delete', path: '/api/session', id: 'signOut', tag: 'Session', open: true },
    summary: 'Sign out',
    answers: { 204: { ...NOTHING, headers: ['Set-Cookie'] } },
  },
  {
    ...{ method: 'get', path: '/healthz', id: 'health', tag: 'Operations', open: true },
    summary: 'Whether this gateway can serve',
    answers: {
      200: { description: 'It can.', schema: HealthView },
      503: { description: 'It cannot: the checks tell why.', schema: HealthView },
    },
  },
  {
    ...{ method: 'get', path: '/metrics', id: 'metrics', tag: 'Operations', open: true },
    summary: 'Metrics of this gateway, for Prometheus',
    answers: { 200: { description: 'The metrics.', contentTypes: ['text/plain'] } },
  },
];
