import * as z from 'zod';
import { Duration } from '../duration.ts';
import { Fault } from '../faults/fault.ts';
import { patternOf } from './text-pattern.ts';

const Count = z.int().min(1);
const Text = z.string().min(1).max(10_000);
const Faults = z.array(Fault).max(100);

/** Which of the model's turns a step is for: everything that is given must hold. */
const When = z.strictObject({
  /** In what was written or heard, whatever the case; between slashes a regular expression: `/plan|budget/i`. */
  text: z
    .string()
    .min(1)
    .max(1000)
    .refine((text) => patternOf(text) !== null, 'Is no regular expression')
    .optional(),
  /** `true`: somebody spoke; `false`: it was all in writing. */
  speech: z.boolean().optional(),
  /** The nth turn that people took in the session. */
  turn: Count.optional(),
  /** The nth connection of the session. */
  connection: Count.optional(),
  /** The nth session since the scenario was loaded. */
  session: Count.optional(),
  /** The session is at least so old. */
  after: Duration.optional(),
});
export type When = z.infer<typeof When>;

/** A text, or several with pauses in between, in which nothing is sent. */
const Said = z.union(
  [
    Text,
    z
      .array(z.union([Text, z.strictObject({ pause: Duration })]))
      .refine((parts) => typeof parts.at(-1) === 'string'),
  ],
  {
    error:
      'Must be a text, or a list of texts and pauses that ends with a text, as in [One., { pause: 2s }, Two.]',
  },
);
export type Said = z.infer<typeof Said>;

const Search = z.strictObject({
  queries: z.array(Text).min(1),
  sources: z.array(z.strictObject({ title: Text, uri: z.url() })).min(1),
});

const Call = z.strictObject({ name: Text, args: z.record(z.string(), z.unknown()).default({}) });

/** What the model does in a turn; what is left out it does as it would without a scenario. */
const turn = {
  /** The words that were heard, where somebody spoke. */
  heard: Text.optional(),
  /** How much later than usual it begins. */
  slow: Duration.optional(),
  think: Text.optional(),
  search: Search.optional(),
  call: z.array(Call).min(1).optional(),
  say: Said.optional(),
  silent: z.literal(true).optional(),
  /** What it says when the calls are answered. */
  thenSay: Said.optional(),
};

const Step = z
  .strictObject({
    when: When.optional(),
    /** In the place of `when`: a time since the session began, for faults. */
    at: Duration.optional(),
    /** In the place of `when`: as the nth connection of a session is set up, for faults. */
    connection: Count.optional(),
    /** How many turns of a session the step is for. */
    times: z.union([Count, z.literal('always')]).default(1),
    ...turn,
    goesWrong: Faults.default([]),
  })
  .superRefine((step, context) => {
    const complain = (message: string, ...path: string[]) =>
      context.addIssue({ code: 'custom', message, path });
    const given = (['when', 'at', 'connection'] as const).filter((key) => step[key] !== undefined);
    if (given.length !== 1) complain('A step has one of when, at and connection');
    const does = (Object.keys(turn) as (keyof typeof turn)[]).filter((key) => step[key] !== undefined);
    const timed = step.at !== undefined || step.connection !== undefined;
    if (timed) for (const key of does) complain('Goes with when only', key);
    if (does.length + step.goesWrong.length === 0) complain('The step does nothing');
    if (step.silent && step.say !== undefined) complain('Is not both silent and said', 'silent');
    if (step.thenSay !== undefined && !step.call) complain('Goes with call only', 'thenSay');
  });
export type Step = z.infer<typeof Step>;

/** A scenario, as its file has it. The commented example is `scenarios/meeting.yaml`. */
export const Scenario = z.strictObject({
  name: Text.optional(),
  /** Makes what is random about the faults the same each time. */
  seed: z.int().optional(),
  defaults: z
    .strictObject({
      setupDelay: Duration.optional(),
      latency: Duration.optional(),
      connectionAge: Duration.optional(),
      goAwayNotice: Duration.optional(),
    })
    .default({}),
  /** What the model does in turns that no step is for: it answers as it would without a scenario, or is silent, or says this. */
  otherwise: z
    .union([z.enum(['answers', 'is silent']), z.strictObject({ say: Said })], {
      error: 'Must be answers, is silent, or { say: a text }',
    })
    .default('answers'),
  /** The words that are heard when somebody speaks, turn by turn, in each session. */
  heard: z.array(Text).default([]),
  /** What goes wrong from the moment on that the scenario is loaded. */
  faults: Faults.default([]),
  steps: z.array(Step).max(1000).default([]),
});
export type Scenario = z.infer<typeof Scenario>;
/** A scenario as it is written, with its defaults left out. */
export type ScenarioInput = z.input<typeof Scenario>;
