import { LANGUAGES } from './languages.ts';
import { liveModel, liveModelTitle } from './live-models.ts';
import type { LiveModel } from './live-models.ts';
import type { LiveSettings } from './live-settings.ts';
import type { LiveInfo } from './live.ts';

/** What the settings of a room are judged by. */
export type LiveStudio = Pick<LiveInfo, 'service' | 'apiVersion' | 'model' | 'models' | 'tools'>;

export interface LiveSettingsProblem {
  /** The option, as in `thinking.level`. */
  readonly path: string;
  /** A sentence that says what is not taken, and what would do. */
  readonly message: string;
}

/** One thing that a model may refuse. */
interface Rule {
  readonly path: string;
  /** What is not taken, to be read after "does not take". */
  readonly what: (settings: LiveSettings, model: LiveModel, studio: LiveStudio) => string;
  readonly refused: (settings: LiveSettings, model: LiveModel, studio: LiveStudio) => boolean;
}

const RULES: readonly Rule[] = [
  {
    path: 'modality',
    what: ({ modality }) => (modality === 'TEXT' ? 'answers in writing' : 'answers by voice'),
    refused: ({ modality }, model) => !model.modalities.includes(modality),
  },
  {
    path: 'language',
    what: ({ language }, model, studio) =>
      findsLanguage(model, studio)
        ? 'a language here, because it finds out by itself what is spoken'
        : `the language ${language}`,
    refused: ({ language }, model, studio) =>
      language !== null &&
      (findsLanguage(model, studio) || !(LANGUAGES as readonly string[]).includes(language)),
  },
  {
    path: 'thinking.budget',
    what: () => 'a thinking budget',
    refused: ({ thinking }, model) => thinking.budget !== null && model.thinking !== 'budget',
  },
  {
    path: 'thinking.level',
    what: ({ thinking }, model) =>
      model.thinking === 'level' ? `the thinking level "${thinking.level}"` : 'a thinking level',
    refused: ({ thinking }, model) =>
      thinking.level !== null && !model.thinkingLevels.includes(thinking.level),
  },
  {
    path: 'proactiveAudio',
    what: ({ proactiveAudio }, model, { apiVersion }) => {
      if (proactiveAudio === false) return 'proactive audio switched off';
      return model.proactiveAudio === 'optional'
        ? `proactive audio with API version ${apiVersion}`
        : 'proactive audio';
    },
    refused: ({ proactiveAudio }, model, studio) => {
      if (proactiveAudio === false) return model.proactiveAudio === 'always';
      if (proactiveAudio === null || model.proactiveAudio === 'always') return false;
      return model.proactiveAudio === 'unsupported' || !takesOptional(studio);
    },
  },
  {
    path: 'affectiveDialog',
    what: (_, model, { apiVersion }) => {
      if (model.affectiveDialog === 'optional') return `affective dialog with API version ${apiVersion}`;
      return model.affectiveDialog === 'vertex-only'
        ? 'affective dialog on the Gemini Developer API'
        : 'affective dialog';
    },
    refused: ({ affectiveDialog }, model, studio) => {
      if (affectiveDialog !== true) return false;
      if (model.affectiveDialog === 'vertex-only') return studio.service !== 'vertex';
      return model.affectiveDialog === 'unsupported' || !takesOptional(studio);
    },
  },
  {
    path: 'compression.triggerTokens',
    what: (_, { contextWindow }) => `a context of more than ${contextWindow} tokens`,
    refused: ({ compression }, { contextWindow }) =>
      compression !== null && compression.triggerTokens > contextWindow,
  },
];

/**
 * What of the settings cannot be used: the client shows it beside the options, the server refuses it. A model that is not known here may
 * take everything: only the service can tell.
 */
export function liveSettingsProblems(settings: LiveSettings, studio: LiveStudio): LiveSettingsProblem[] {
  return [...liveModelProblems(settings, studio), ...toolProblems(settings, studio)];
}

/** Those problems that keep Gemini out of the room: it goes without a tool that the studio does not have any more. */
export function liveModelProblems(settings: LiveSettings, studio: LiveStudio): LiveSettingsProblem[] {
  const id = settings.model ?? studio.model;
  if (!studio.models.includes(id)) return [modelProblem(id, studio)];
  const model = liveModel(id, studio.service);
  if (model === undefined) return [];
  return RULES.filter(({ refused }) => refused(settings, model, studio)).map(({ path, what, refused }) => {
    const others = knownModels(studio).filter((other) => !refused(settings, other, studio));
    const cure =
      others.length === 0 ? 'no model of this studio does' : does(others.map(({ title }) => title));
    return { path, message: `${model.title} does not take ${what(settings, model, studio)}; ${cure}.` };
  });
}

function modelProblem(id: string, { models }: LiveStudio): LiveSettingsProblem {
  const offered = list(models.map(liveModelTitle));
  return { path: 'model', message: `This studio does not offer the model ${id}; it offers ${offered}.` };
}

function toolProblems({ tools }: LiveSettings, studio: LiveStudio): LiveSettingsProblem[] {
  const known = studio.tools.map(({ name }) => name);
  const unknown = (tools ?? []).filter((name) => !known.includes(name));
  if (unknown.length === 0) return [];
  const cure = known.length === 0 ? 'it has none' : `it has ${list(known)}`;
  return [{ path: 'tools', message: `This studio does not have the tool ${list(unknown)}; ${cure}.` }];
}

/** Whether what is optional in a model can be asked for: on the Gemini Developer API it belongs to a preview. */
function takesOptional({ service, apiVersion }: LiveStudio): boolean {
  return service === 'vertex' || apiVersion === 'v1alpha';
}

function findsLanguage({ nativeAudio }: LiveModel, { service }: LiveStudio): boolean {
  return nativeAudio && service === 'developer';
}

function knownModels({ models, service }: LiveStudio): LiveModel[] {
  return models.flatMap((id) => liveModel(id, service) ?? []);
}

function does(titles: readonly string[]): string {
  return `${list(titles)} ${titles.length === 1 ? 'does' : 'do'}`;
}

function list(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(' and ');
}
