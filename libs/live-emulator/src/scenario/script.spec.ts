import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clocks/manual-clock.ts';
import { Faults } from '../faults/faults.ts';
import type { Entry } from '../mind/conversation.ts';
import type { Mind, MindSituation, TurnPlan } from '../mind/plan.ts';
import { Scenario } from './scenario.ts';
import type { ScenarioInput } from './scenario.ts';
import { Script } from './script.ts';

const SITUATION: MindSituation = {
  mayStaySilent: false,
  systemInstruction: '',
  functions: [],
  canSearch: false,
};
/** Repeats what it was told. */
const PARROT: Mind = { plan: (entries) => ({ say: `parrot: ${entries.at(-1)?.text ?? ''}` }) };

const written = (text: string): Entry => ({ role: 'user', text, speech: [], pictures: [] });
const spoken = (): Entry => ({ role: 'user', text: '', speech: [{ seconds: 1, dbfs: -20 }], pictures: [] });

/** A script, and a way to take a turn in it. */
function rehearse(scenario: ScenarioInput) {
  const clock = new ManualClock(0);
  const faults = new Faults(clock, 1);
  const script = new Script(Scenario.parse(scenario), { clock, faults, mind: PARROT });
  const said: Record<string, Entry[]> = {};
  const turn = (entry: Entry | string, session = 's1'): TurnPlan => {
    const entries = (said[session] ??= []);
    entries.push(typeof entry === 'string' ? written(entry) : entry);
    return script.plan(session, entries, SITUATION);
  };
  return { clock, faults, script, turn };
}

describe('a script', () => {
  it('has its durations in milliseconds and its defaults filled in', () => {
    const { defaults, faults, steps } = Scenario.parse({
      defaults: { latency: '0.5 s', connectionAge: '2min' },
      faults: [{ fault: 'latency', by: '20ms' }],
      steps: [{ when: { after: '1h' }, say: 'Hello.' }],
    });
    expect(defaults).toEqual({ latency: 500, connectionAge: 120_000 });
    expect(faults).toEqual([{ fault: 'latency', by: 20, jitter: 0 }]);
    expect(steps).toEqual([{ when: { after: 3_600_000 }, say: 'Hello.', times: 1, goesWrong: [] }]);
  });

  it('finds the step for a turn by its words, and uses it up', () => {
    const { turn } = rehearse({
      steps: [
        { when: { text: 'budget' }, say: 'Forty thousand.' },
        { when: { text: '/plan|agenda/i' }, times: 2, say: 'First A, then B.' },
      ],
    });
    expect(turn('Ana: What is the BUDGET?').say).toBe('Forty thousand.');
    expect(turn('Ana: The budget again?').say).toBe('parrot: Ana: The budget again?');
    expect(turn('Agenda?').say).toBe('First A, then B.');
    expect(turn('Plan?').say).toBe('First A, then B.');
    expect(turn('Plan?').say).toBe('parrot: Plan?');
  });

  it('takes the first step whose conditions all hold: speech, turn, connection, session, age', async () => {
    const { clock, script, turn } = rehearse({
      steps: [
        { when: { session: 2, turn: 1 }, say: 'second session' },
        { when: { speech: true }, say: 'speech', times: 'always' },
        { when: { turn: 3 }, say: 'third' },
        { when: { connection: 2 }, say: 'second connection' },
        { when: { after: '1min', speech: false }, say: 'late' },
      ],
    });
    script.connected('s1');
    expect(turn('one').say).toBe('parrot: one');
    expect(turn(spoken()).say).toBe('speech');
    expect(turn('three').say).toBe('third');
    expect(turn('one', 's2').say).toBe('second session');
    script.connected('s1');
    expect(turn('four').say).toBe('second connection');
    expect(turn('five').say).toBe('parrot: five');
    await clock.advance(60_000);
    expect(turn('six').say).toBe('late');
  });

  it('hears words in order, in each session on its own, and understands them', () => {
    const { turn } = rehearse({
      heard: ['Gemini, what is the plan?', 'And the budget?'],
      steps: [
        { when: { text: 'budget' }, say: 'Forty thousand.' },
        { when: { turn: 4 }, heard: 'Thank you.' },
      ],
    });
    expect(turn(spoken())).toEqual({
      say: 'parrot: Gemini, what is the plan?',
      heard: 'Gemini, what is the plan?',
    });
    expect(turn('in writing').heard).toBeUndefined();
    expect(turn(spoken())).toMatchObject({ say: 'Forty thousand.', heard: 'And the budget?' });
    expect(turn(spoken())).toMatchObject({ say: 'parrot: Thank you.', heard: 'Thank you.' });
    expect(turn(spoken(), 's2').heard).toBe('Gemini, what is the plan?');
  });

  it('plans everything that a step says, pauses included', () => {
    const sources = [{ title: 'A page', uri: 'https://example.com/a' }];
    const { turn } = rehearse({
      steps: [
        {
          when: {},
          slow: '1s',
          think: 'Hm.',
          search: { queries: ['a'], sources },
          say: [{ pause: '2s' }, 'One.', { pause: '3s' }, 'Two.', 'Three.'],
        },
        { when: {}, silent: true },
      ],
    });
    expect(turn('go')).toEqual({
      say: 'One.',
      delayMs: 3000,
      more: [
        { pauseMs: 3000, say: 'Two.' },
        { pauseMs: 0, say: 'Three.' },
      ],
      thought: 'Hm.',
      search: { queries: ['a'], sources },
    });
    expect(turn('go')).toMatchObject({ say: null });
  });

  it('goes on when calls are answered, with what the step says then', () => {
    const calls = [{ name: 'who_is_here', args: { room: 'r1' } }];
    const { turn } = rehearse({ steps: [{ when: { turn: 1 }, call: calls, thenSay: 'Ana and Ben.' }] });
    const answer = (): Entry => ({
      ...written(''),
      results: [{ name: 'who_is_here', response: {}, silent: false }],
    });
    expect(turn('Who is here?')).toMatchObject({ say: null, calls });
    expect(turn(answer()).say).toBe('Ana and Ben.');
    expect(turn(answer()).say).toBe('parrot: ');
    expect(turn('two').say).toBe('parrot: two');
  });

  it.each([
    ['is silent', null],
    [{ say: 'Noted.' }, 'Noted.'],
    ['answers', 'parrot: hello'],
  ] as const)('in turns without a step does what it is told: %j', (otherwise, say) => {
    expect(rehearse({ otherwise }).turn('hello').say).toBe(say);
  });
});

describe('what goes wrong in a script', () => {
  const armed = ({ faults }: ReturnType<typeof rehearse>) => faults.list().map(({ fault }) => fault);

  it('waits for its turn, its time or its connection, in its session alone', async () => {
    const rehearsal = rehearse({
      steps: [
        { when: { turn: 1 }, goesWrong: [{ fault: 'drop' }, { fault: 'empty-turn' }] },
        { at: '10s', goesWrong: [{ fault: 'go-away' }] },
        { connection: 2, goesWrong: [{ fault: 'close', on: 'resumed' }, { fault: 'refuse' }] },
      ],
    });
    const { clock, script, turn } = rehearsal;
    script.connected('s1');
    expect(armed(rehearsal)).toEqual([]);
    turn('one');
    expect(armed(rehearsal)).toMatchObject([
      { fault: 'drop', on: 'turn', session: 's1' },
      { fault: 'empty-turn', session: 's1' },
    ]);
    script.connected('s1');
    expect(armed(rehearsal).slice(2)).toMatchObject([
      { fault: 'close', on: 'resumed', session: 's1' },
      { fault: 'refuse' },
    ]);
    await clock.advance(10_000);
    expect(armed(rehearsal).slice(4)).toMatchObject([{ fault: 'go-away', on: 'now', session: 's1' }]);
  });

  it('does not come any more once the script was stopped', async () => {
    const rehearsal = rehearse({ steps: [{ at: '10s', goesWrong: [{ fault: 'drop' }] }] });
    rehearsal.script.connected('s1');
    rehearsal.script.stop();
    await rehearsal.clock.advance(20_000);
    expect(armed(rehearsal)).toEqual([]);
  });
});
