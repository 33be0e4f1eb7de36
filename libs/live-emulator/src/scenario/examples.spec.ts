import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Fault } from '../faults/fault.ts';
import { readScenario } from './read-scenario.ts';
import { Scenario } from './scenario.ts';

const FOLDER = new URL('../../scenarios/', import.meta.url);
const example = (name: string) =>
  Scenario.parse(readScenario(readFileSync(new URL(name, FOLDER), 'utf8'), name));

describe('the example scenarios', () => {
  it.each(readdirSync(FOLDER))('%s can be played', (name) => {
    expect(example(name).name).toBeDefined();
  });

  it('have every fault once in faults.yaml', () => {
    const { faults, steps } = example('faults.yaml');
    const used = [...faults, ...steps.flatMap(({ goesWrong }) => goesWrong)].map(({ fault }) => fault);
    const all = Fault.options.map(({ shape }) => shape.fault.value);
    expect(new Set(used)).toEqual(new Set(all));
  });

  it('explain every field in meeting.yaml', () => {
    const text = readFileSync(new URL('meeting.yaml', FOLDER), 'utf8');
    const named = (name: string) => new RegExp(`\\b${name}:`).test(text);
    const { steps, ...rest } = Scenario.shape;
    const step = steps.unwrap().element.shape;
    const fields = [...Object.keys(rest), ...Object.keys(step), ...Object.keys(step.when.unwrap().shape)];
    // What goes wrong has files of its own.
    const elsewhere = ['faults', 'goesWrong', 'at'];
    expect(fields.filter((name) => !named(name) && !elsewhere.includes(name))).toEqual([]);
  });
});
