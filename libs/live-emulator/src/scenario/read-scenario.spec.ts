import { describe, expect, it } from 'vitest';
import { readScenario } from './read-scenario.ts';
import { ScenarioError } from './scenario-text.ts';

const mistakesIn = (text: string): string[] => {
  try {
    readScenario(text, 'test.yaml');
  } catch (error) {
    if (error instanceof ScenarioError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('a scenario file', () => {
  it('may be empty, and may be JSON', () => {
    expect(readScenario('', 'empty.yaml')).toEqual({});
    expect(readScenario('{"steps": [{"when": {"turn": 1}, "say": "Hello."}]}', 'one.json')).toEqual({
      steps: [{ when: { turn: 1 }, say: 'Hello.' }],
    });
  });

  it('names the line and the field of each mistake', () => {
    const text = [
      'name: Broken',
      'steps:',
      '  - when: { turn: 0 }',
      '    say: Hello.',
      '  - when:',
      '      text: budget',
      '      loud: true',
      '    goesWrong:',
      '      - fault: close',
      '        code: 1006',
      '  - at: 5 minutes',
      '    goesWrong: [{ fault: drop }]',
      'otherwise: sings',
      'extra: 1',
    ].join('\n');
    expect(mistakesIn(text)).toEqual([
      expect.stringMatching(/^test\.yaml:13: otherwise: Must be answers, is silent, or/),
      expect.stringMatching(/^test\.yaml:3: steps\[0\]\.when\.turn: Too small/),
      'test.yaml:7: steps[1].when.loud: There is no such field',
      expect.stringMatching(/^test\.yaml:10: steps\[1\]\.goesWrong\[0\]\.code: Must be a close code/),
      expect.stringMatching(/^test\.yaml:11: steps\[2\]\.at: Write a duration with its unit/),
      'test.yaml:14: extra: There is no such field',
    ]);
  });

  it.each([
    ['steps:\n  - say: Hello.', 'test.yaml:2: steps[0]: A step has one of when, at and connection'],
    ['steps:\n  - when: {}', 'test.yaml:2: steps[0]: The step does nothing'],
    [
      'steps:\n  - at: 1s\n    goesWrong: [{ fault: drop }]\n    say: Hello.',
      'test.yaml:4: steps[0].say: Goes with when only',
    ],
    [
      'steps:\n  - when: {}\n    say: Hello.\n    silent: true',
      'test.yaml:4: steps[0].silent: Is not both silent and said',
    ],
    ['steps:\n  - when: {}\n    thenSay: Done.', 'test.yaml:3: steps[0].thenSay: Goes with call only'],
    [
      'steps:\n  - when: { text: /(/ }\n    say: A.',
      'test.yaml:2: steps[0].when.text: Is no regular expression',
    ],
  ])('says what is wrong with %j', (text, mistake) => {
    expect(mistakesIn(text)).toEqual([mistake]);
  });

  it('that is no YAML says where', () => {
    expect(mistakesIn('name: A\nsteps: [}\n')[0]).toMatch(/^test\.yaml:2: /);
    expect(mistakesIn('- not a scenario\n')[0]).toMatch(/^test\.yaml:1: Invalid input: expected object/);
  });

  it('cannot grow without bound by its aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 0; i < 8; i += 1) {
      const [before, next] = [String.fromCharCode(97 + i), String.fromCharCode(98 + i)];
      bomb.push(`${next}: &${next} [${`*${before}, `.repeat(10)}]`);
    }
    expect(mistakesIn(bomb.join('\n'))[0]).toMatch(/^test\.yaml:1: .*alias/);
  });
});
