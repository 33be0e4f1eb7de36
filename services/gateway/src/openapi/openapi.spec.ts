import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, newId } from '@studio/contracts';
import { GatewayModule } from '../gateway.module.ts';
import { TestStudio } from '../testing/studio.fixture.ts';
import { describeApi } from './describe-api.ts';
import { ROUTES } from './routes.ts';

interface Operation {
  readonly responses: Record<string, { description: string }>;
}

/** Methods and paths of the controllers, as Nest knows them. */
function served(): string[] {
  return (GatewayModule.of([]).controllers ?? []).flatMap((controller) => {
    const prototype = controller.prototype as Record<string, object>;
    const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = handler && (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
      if (handler === undefined || method === undefined) return [];
      const path = [base, Reflect.getMetadata(PATH_METADATA, handler) as string].join('/');
      const parts = path.split('/').filter((part) => part !== '');
      const described = parts.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part));
      return `${RequestMethod[method].toLowerCase()} /${described.join('/')}`;
    });
  });
}

describe('the description of the HTTP API', () => {
  let studio: TestStudio;
  beforeAll(async () => {
    studio = await TestStudio.start();
  });
  afterAll(() => studio.close());

  it('describes every route of the gateway, and no other', () => {
    expect(ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(served().toSorted());
    expect(new Set(ROUTES.map(({ id }) => id)).size).toBe(ROUTES.length);
  });

  it('is valid OpenAPI 3.1, which everybody may read', async () => {
    const response = await fetch(`${studio.url}/api/openapi.json`);
    expect(response.headers.get('content-type')).toContain('application/json');
    const description = (await response.json()) as { openapi: string; components: { schemas: object } };
    const validator = new Validator();
    const outcome = await validator.validate(description);
    expect(outcome.errors ?? []).toEqual([]);
    expect(outcome.valid).toBe(true);
    expect(validator.version).toBe('3.1');
    const known = Object.keys(description.components.schemas);
    const meant = Array.from(
      JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g),
      ([, name]) => name,
    );
    expect(known).toEqual(expect.arrayContaining(meant));
    expect(known.toSorted()).toEqual([...new Set(meant)].toSorted());
  });

  it('tells of all that changes something that a page of somewhere else may not', () => {
    const refusals = ROUTES.filter(({ method }) => method !== 'get').map(({ method, path }) => {
      const { paths } = describeApi('1') as { paths: Record<string, Record<string, Operation>> };
      return paths[path]?.[method]?.responses['403']?.description;
    });
    expect(refusals.length).toBeGreaterThan(10);
    for (const refusal of refusals) expect(refusal).toMatch(/^Forbidden: .*`forbidden`/);
    for (const refusal of refusals) expect(refusal?.match(/`forbidden`/g)).toHaveLength(1);
  });

  it.each(ROUTES.map((route) => [route.method.toUpperCase(), route.path, route.open === true] as const))(
    '%s %s answers somebody without a session as it says',
    async (method, path, open) => {
      const address = studio.url + path.replaceAll(/\{\w+\}/g, () => newId());
      const response = await fetch(address, { method });
      if (open) expect([200, 204, 400]).toContain(response.status);
      else
        expect(Problem.parse(await response.json())).toMatchObject({ status: 401, code: 'unauthenticated' });
    },
  );
});
