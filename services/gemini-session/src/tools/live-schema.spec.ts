import { expect, it } from 'vitest';
import * as z from 'zod';
import { liveSchema } from './live-schema.ts';
import type { JsonSchema } from './live-schema.ts';

const told = (schema: z.ZodType) => liveSchema(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);

it('says fields, choices, lists and bounds in the words of the Live API, and nothing that it refuses', () => {
  const schema = z.strictObject({
    city: z
      .string()
      .min(2)
      .regex(/^[A-Z]/)
      .describe('Such as Bonn'),
    unit: z.enum(['celsius', 'fahrenheit']).optional(),
    days: z.int().min(1).max(14).default(3),
    people: z.array(z.object({ name: z.string().nullable(), age: z.int() })),
    either: z.union([z.string(), z.number()]),
    fixed: z.literal('x'),
  });
  expect(told(schema)).toEqual({
    type: 'OBJECT',
    properties: {
      city: { type: 'STRING', description: 'Such as Bonn' },
      unit: { type: 'STRING', enum: ['celsius', 'fahrenheit'] },
      days: { type: 'INTEGER', minimum: 1, maximum: 14 },
      people: {
        type: 'ARRAY',
        items: {
          type: 'OBJECT',
          properties: { name: { type: 'STRING', nullable: true }, age: { type: 'INTEGER' } },
          required: ['name', 'age'],
        },
      },
      either: { anyOf: [{ type: 'STRING' }, { type: 'NUMBER' }] },
      fixed: { type: 'STRING', enum: ['x'] },
    },
    required: ['city', 'people', 'either', 'fixed'],
  });
});

it.each([
  ['anything', z.object({ a: z.unknown() }), 'parameters.a: needs one of the types'],
  ['a map', z.object({ a: z.record(z.string(), z.string()) }), 'parameters.a: an object needs properties'],
  ['a list of anything', z.object({ a: z.array(z.any()) }), 'parameters.a.items: needs one of the types'],
])('refuses %s, and names the place', (_, schema, message) => {
  expect(() => told(schema)).toThrow(message);
});
