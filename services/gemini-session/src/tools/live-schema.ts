import { Type } from '@google/genai';
import type { Schema } from '@google/genai';

/** As much of a JSON Schema as is looked at here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
}

const TYPES: Readonly<Record<string, Type>> = {
  string: Type.STRING,
  number: Type.NUMBER,
  integer: Type.INTEGER,
  boolean: Type.BOOLEAN,
  array: Type.ARRAY,
  object: Type.OBJECT,
};

/**
 * A JSON Schema in the words of the Live API, which knows a part of OpenAPI 3.0 only and ends the connection over others. (It also takes
 * JSON Schema, in another field, but older Live models then call without arguments: googleapis/python-genai#1147.) What it cannot say of a
 * value, such as a pattern, is left out: arguments are checked when they come.
 * @throws Error when the schema cannot be said at all; the message names the place
 */
export function liveSchema(schema: JsonSchema, place = 'parameters'): Schema {
  const { types, nullable } = typesOf(schema);
  const common: Schema = {
    ...(schema.description !== undefined && { description: schema.description }),
    ...(nullable && { nullable }),
  };
  const choices = choicesOf(schema, types);
  if (choices.length > 0) return { ...common, ...choiceOf(choices, place) };
  const [name] = types;
  const type = name === undefined ? undefined : TYPES[name];
  if (name === undefined || type === undefined)
    throw new Error(`${place}: needs one of the types ${Object.keys(TYPES).join(', ')}`);
  return { ...common, type, ...partsOf(schema, name, place) };
}

/** Several types at one place are as many choices. */
function choicesOf({ anyOf, oneOf, ...schema }: JsonSchema, types: readonly string[]): JsonSchema[] {
  const choices = (anyOf ?? oneOf ?? []).filter(({ type }) => type !== 'null');
  if (choices.length > 0 || types.length < 2) return choices;
  return types.map((type) => ({ ...schema, type, description: undefined }));
}

function typesOf({ type, anyOf, oneOf, const: only }: JsonSchema): { types: string[]; nullable: boolean } {
  const named = type ?? (only === undefined ? [] : typeof only);
  const all = typeof named === 'string' ? [named] : named;
  const nullable =
    all.includes('null') || [...(anyOf ?? []), ...(oneOf ?? [])].some((one) => one.type === 'null');
  return { types: all.filter((one) => one !== 'null'), nullable };
}

function choiceOf(choices: readonly JsonSchema[], place: string): Schema {
  const [only, another] = choices;
  if (only !== undefined && another === undefined) return liveSchema(only, place);
  return { anyOf: choices.map((choice, index) => liveSchema(choice, `${place}.anyOf[${index}]`)) };
}

function partsOf(schema: JsonSchema, type: string, place: string): Schema {
  switch (type) {
    case 'string':
      return stringValues(schema);
    case 'number':
    case 'integer':
      return bounds(schema);
    case 'array':
      if (schema.items === undefined) throw new Error(`${place}: needs items`);
      return { items: liveSchema(schema.items, `${place}.items`) };
    case 'object':
      return fields(schema, place);
    default:
      return {};
  }
}

function stringValues({ enum: values, const: only }: JsonSchema): Schema {
  const all = values ?? (only === undefined ? [] : [only]);
  return all.length === 0 ? {} : { enum: all.filter((value) => value !== null).map(String) };
}

/** Bounds that only say that a number is a safe integer are none. */
function bounds({ minimum, maximum }: JsonSchema): Schema {
  return {
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { maximum }),
  };
}

function fields({ properties = {}, required = [] }: JsonSchema, place: string): Schema {
  const entries = Object.entries(properties).map(([name, field]): [string, Schema] => [
    name,
    liveSchema(field, `${place}.${name}`),
  ]);
  if (entries.length === 0) {
    // The service refuses an object that may hold anything; a function without parameters says none.
    if (place !== 'parameters') throw new Error(`${place}: an object needs properties`);
    return {};
  }
  return {
    properties: Object.fromEntries(entries),
    ...(required.length > 0 && { required: [...required] }),
  };
}
