import { isLanguage } from '../models/languages.ts';
import type { ModelProfile } from '../models/profiles.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import type { Refusal } from './refusal.ts';
import { invalidArgument } from './refusal.ts';
import type { Setup } from './setup.ts';

/**
 * Refuses what a model, or this backend, does not take.
 * @throws Refusal 1007
 */
export function refuseUnsupported(setup: Setup, profile: ModelProfile, endpoint: Endpoint): void {
  const config = setup.generationConfig ?? {};
  const onVertex = endpoint.backend === 'vertex';
  const alpha = onVertex || endpoint.version === 'v1alpha';
  const language = config.speechConfig?.languageCode;
  if (language !== undefined && (!isLanguage(language) || (profile.nativeAudio && !onVertex))) {
    throw invalidArgument(`Unsupported language code '${language.slice(0, 20)}' for model ${profile.id}`);
  }
  refuseThinking(config.thinkingConfig, profile);
  const proactive = setup.proactivity?.proactiveAudio;
  if (
    (proactive === false && profile.proactiveAudio === 'always') ||
    (proactive === true && profile.proactiveAudio === 'unsupported') ||
    (proactive !== undefined && profile.proactiveAudio === 'optional' && !alpha)
  ) {
    throw invalidArgument(`proactive_audio=${proactive} is not supported by ${profile.id} here.`);
  }
  const affective = config.enableAffectiveDialog;
  if (
    affective !== undefined &&
    ((profile.affectiveDialog === 'unsupported' && affective) ||
      (profile.affectiveDialog === 'vertex-only' && !onVertex) ||
      (profile.affectiveDialog === 'optional' && !alpha))
  ) {
    throw invalidArgument(`enable_affective_dialog is not supported by ${profile.id} here.`);
  }
  if (!onVertex) {
    if (setup.explicitVadSignal !== undefined) throw unknownSetupField('explicitVadSignal');
    if (setup.sessionResumption?.transparent !== undefined) throw unknownSetupField('transparent');
  }
}

function refuseThinking(
  asked: NonNullable<Setup['generationConfig']>['thinkingConfig'],
  { id, thinking, tellsInteractionStatus }: ModelProfile,
): void {
  if (!asked) return;
  if (thinking === 'none') throw invalidArgument(`Thinking is not supported by ${id}.`);
  if (asked.thinkingBudget !== undefined && thinking !== 'budget') {
    throw invalidArgument(`Thinking budget is not supported by ${id}. Use thinking_level.`);
  }
  if (asked.thinkingLevel !== undefined && thinking !== 'level') {
    throw invalidArgument(`Thinking level is not supported by ${id}. Use thinking_budget.`);
  }
  if (tellsInteractionStatus && asked.thinkingLevel?.toUpperCase() === 'MINIMAL') {
    throw invalidArgument(`Thinking level MINIMAL is not supported by ${id}.`);
  }
}

function unknownSetupField(name: string): Refusal {
  return invalidArgument(
    `Invalid JSON payload received. Unknown name "${name}" at 'setup': Cannot find field.`,
  );
}
