import { liveModelTitle } from './live-models.ts';
import type { LiveSettings } from './live-settings.ts';

/** Most that one line tells of a long value, in characters. */
const WORDS = 160;

/** What each option is called, and its value in words. */
const OPTIONS: readonly (readonly [name: string, words: (settings: LiveSettings) => string])[] = [
  ['Model', ({ model }) => (model === null ? 'that of the studio' : liveModelTitle(model))],
  ['Voice', ({ voice }) => voice ?? 'that of the studio'],
  ['Language', ({ language }) => language ?? 'what is spoken'],
  ['Temperature', ({ temperature }) => orModel(temperature)],
  ['Answers', ({ modality }) => (modality === 'TEXT' ? 'in writing' : 'by voice')],
  ['What people say is written down', ({ transcription }) => yes(transcription.input)],
  ['What Gemini says is written down', ({ transcription }) => yes(transcription.output)],
  ['Start of speech', ({ voiceActivity }) => sensitivity(voiceActivity.startSensitivity)],
  ['End of speech', ({ voiceActivity }) => sensitivity(voiceActivity.endSensitivity)],
  ['Speech needed for a start', ({ voiceActivity }) => `${voiceActivity.prefixPaddingMs} ms`],
  ['Silence that ends speech', ({ voiceActivity }) => `${voiceActivity.silenceMs} ms`],
  ['Speech interrupts Gemini', ({ voiceActivity }) => yes(voiceActivity.handling === 'interrupts')],
  ['A turn covers', ({ voiceActivity }) => COVERAGE[voiceActivity.turnCoverage ?? 'model']],
  ['Proactive audio', ({ proactiveAudio }) => onOff(proactiveAudio)],
  ['Affective dialog', ({ affectiveDialog }) => onOff(affectiveDialog)],
  ['Search with Google', ({ grounding }) => onOff(grounding)],
  ['Thinking budget', ({ thinking }) => budgetWords(thinking.budget)],
  ['Thinking level', ({ thinking }) => orModel(thinking.level)],
  ['Resolution of pictures', ({ mediaResolution }) => orModel(mediaResolution)],
  ['Shortening of the context', ({ compression }) => compressionWords(compression)],
  ['Tools', ({ tools }) => (tools === null ? 'all' : tools.join(', ') || 'none')],
  ['Gemini hears', ({ floor }) => FLOOR[floor]],
  ['Gemini answers', ({ addressing }) => ADDRESSING[addressing]],
  ['Budget', ({ budgetUsd }) => (budgetUsd === null ? 'no limit' : `US$ ${budgetUsd}`)],
];

const FLOOR: Record<LiveSettings['floor'], string> = {
  'push-to-talk': 'whoever holds the button',
  open: 'whoever speaks first',
  mix: 'everybody at once',
};
const ADDRESSING: Record<LiveSettings['addressing'], string> = {
  always: 'everything',
  'when-addressed': 'when it is addressed',
  observer: 'only when it is asked',
};
const COVERAGE = {
  model: 'what the model chooses',
  'only-activity': 'speech only',
  'all-input': 'everything',
  'activity-and-all-video': 'speech and all pictures',
} as const;

/** What is different now, one line for each option, in plain words. The instruction itself is not repeated. */
export function describeChanges(before: LiveSettings, after: LiveSettings): string[] {
  const changes = OPTIONS.flatMap(([name, words]) => {
    const [was, is] = [words(before), words(after)];
    return was === is ? [] : `${name}: ${short(is)} (was ${short(was)})`;
  });
  if (before.instruction !== after.instruction)
    changes.push(`Instruction: ${after.instruction === '' ? 'removed' : 'changed'}`);
  return changes;
}

function orModel(value: string | number | null): string {
  return value === null ? 'what the model chooses' : `${value}`;
}

function onOff(value: boolean | null): string {
  return value === null ? orModel(value) : value ? 'on' : 'off';
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

function sensitivity(value: 'default' | 'high' | 'low'): string {
  return value === 'default' ? 'noticed as usual' : value === 'high' ? 'noticed early' : 'noticed late';
}

function budgetWords(budget: number | null): string {
  if (budget === null || budget === -1)
    return budget === null ? orModel(budget) : 'the model decides each time';
  return budget === 0 ? 'none' : `${budget} tokens`;
}

function compressionWords(compression: LiveSettings['compression']): string {
  return compression === null
    ? 'never'
    : `at ${compression.triggerTokens} tokens to ${compression.targetTokens}`;
}

function short(words: string): string {
  return words.length <= WORDS ? words : `${words.slice(0, WORDS)}…`;
}
