import { INSTRUCTION_CHARACTERS, LANGUAGES, VOICES } from '@studio/contracts';
import type { SettingsDraft, SettingsField } from './settings-draft.ts';
import { VOICE_WORDS } from './voice-words.ts';

export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly detail?: string;
}

export interface FieldWords {
  readonly title: string;
  readonly hint?: string;
  readonly unit?: string;
  readonly choices?: readonly Choice[];
  /** What is expected, when something else was typed. */
  readonly expected?: string;
}

const MODELS_OWN: Choice = { value: '', title: 'As the model does it' };
const SENSITIVITY: readonly Choice[] = [
  { value: 'default', title: 'As the model does it' },
  { value: 'high', title: 'High' },
  { value: 'low', title: 'Low' },
];
const ON_OFF: readonly Choice[] = [MODELS_OWN, { value: 'on', title: 'On' }, { value: 'off', title: 'Off' }];

const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language' });

export const FIELD_WORDS: Record<SettingsField, FieldWords> = {
  voice: {
    title: 'Voice',
    choices: VOICES.map((value) => ({ value, title: value, detail: VOICE_WORDS[value] })),
  },
  language: {
    title: 'Language',
    choices: [
      { value: '', title: 'Whatever people speak' },
      ...LANGUAGES.map((value) => ({ value, title: LANGUAGE_NAMES.of(value) ?? value, detail: value })),
    ],
  },
  instruction: {
    title: 'What Gemini should be in this room',
    hint: 'In your own words: its part, its manner, what matters here.',
    expected: `At most ${INSTRUCTION_CHARACTERS.toLocaleString('en')} characters.`,
  },
  floor: {
    title: 'Whom Gemini hears',
    choices: [
      {
        value: 'open',
        title: 'Whoever speaks first',
        detail: 'Open microphones; the first speaker is heard until they pause.',
      },
      {
        value: 'push-to-talk',
        title: 'Whoever holds the button',
        detail: 'Hold to talk, with a queue of raised hands.',
      },
      { value: 'mix', title: 'Everybody at once', detail: 'All open microphones are mixed together.' },
    ],
  },
  addressing: {
    title: 'When Gemini answers',
    choices: [
      { value: 'always', title: 'To everything', detail: 'Like somebody at the table.' },
      {
        value: 'when-addressed',
        title: 'When it is addressed',
        detail: 'By its name, @Gemini, or the Ask button.',
      },
      { value: 'observer', title: 'Only when asked', detail: 'It listens, and speaks after the Ask button.' },
    ],
  },
  model: { title: 'Model' },
  modality: {
    title: 'Answers as',
    choices: [
      { value: 'AUDIO', title: 'Voice, with its text' },
      { value: 'TEXT', title: 'Text only' },
    ],
  },
  temperature: {
    title: 'Temperature',
    hint: 'From 0, sober, to 2, wild. Empty: as the model does it.',
    expected: 'A number from 0 to 2.',
  },
  inputTranscription: { title: 'Write down what people say' },
  outputTranscription: { title: 'Write down what Gemini says' },
  startSensitivity: {
    title: 'Start of speech',
    hint: 'High finds quiet beginnings sooner.',
    choices: SENSITIVITY,
  },
  endSensitivity: { title: 'End of speech', hint: 'High ends what is said sooner.', choices: SENSITIVITY },
  prefixPaddingMs: {
    title: 'Speech that counts as a start',
    unit: 'ms',
    hint: '0 to 2000',
    expected: 'A whole number from 0 to 2000.',
  },
  silenceMs: {
    title: 'Silence that ends it',
    unit: 'ms',
    hint: '200 to 10000; also frees the floor',
    expected: 'A whole number from 200 to 10000.',
  },
  handling: {
    title: 'Speaking over Gemini',
    choices: [
      { value: 'interrupts', title: 'Stops it' },
      { value: 'no-interruption', title: 'Lets it finish' },
    ],
  },
  turnCoverage: {
    title: 'What belongs to a turn',
    choices: [
      MODELS_OWN,
      { value: 'only-activity', title: 'Only while somebody speaks' },
      { value: 'all-input', title: 'Everything, silence too' },
      { value: 'activity-and-all-video', title: 'Speech, and all pictures' },
    ],
  },
  proactiveAudio: { title: 'May stay silent when not meant', choices: ON_OFF },
  affectiveDialog: { title: 'Adapts to how people feel', choices: ON_OFF },
  grounding: { title: 'Searches the web with Google' },
  thinkingBudget: {
    title: 'Thinking, at most',
    unit: 'tokens',
    hint: '-1: the model decides, 0: none',
    expected: 'A whole number from -1 to 32768.',
  },
  thinkingLevel: {
    title: 'Thinking',
    choices: [
      MODELS_OWN,
      { value: 'minimal', title: 'Minimal' },
      { value: 'low', title: 'Low' },
      { value: 'medium', title: 'Medium' },
      { value: 'high', title: 'High' },
    ],
  },
  mediaResolution: {
    title: 'Detail of pictures',
    choices: [
      MODELS_OWN,
      { value: 'low', title: 'Low' },
      { value: 'medium', title: 'Medium' },
      { value: 'high', title: 'High' },
    ],
  },
  compression: { title: 'Shorten long conversations', hint: 'Without it a session ends after 15 minutes.' },
  triggerTokens: {
    title: 'Shorten at',
    unit: 'tokens',
    hint: '5000 to 128000',
    expected: 'A whole number from 5000 to 128000.',
  },
  targetTokens: {
    title: 'Down to',
    unit: 'tokens',
    hint: '1000 or more',
    expected: 'A whole number from 1000 on, and less than what it is shortened at.',
  },
  allTools: { title: 'All tools of the studio' },
  tools: { title: 'Tools' },
  budgetUsd: {
    title: 'Budget of this room',
    unit: 'US$',
    hint: 'Warns at 80 %, stops Gemini at 100 %. Empty: no limit.',
    expected: 'An amount above 0, at most 100000.',
  },
};

/** The value of a field as people read it. */
export function valueWords(field: SettingsField, draft: SettingsDraft): string {
  const value = draft[field];
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(', ');
  const { choices, unit } = FIELD_WORDS[field];
  const title = choices?.find((choice) => choice.value === value)?.title;
  if (title !== undefined) return title;
  if (value === '') return field === 'instruction' ? 'nothing' : 'not set';
  return unit === undefined ? value : `${value} ${unit}`;
}
