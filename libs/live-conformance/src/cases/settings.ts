import {
  ActivityHandling,
  AudioTranscriptionConfigMode,
  HarmBlockThreshold,
  HarmCategory,
  MediaResolution,
  Modality,
  ThinkingLevel,
  TurnCoverage,
} from '@google/genai';
import type { LiveConnectConfig } from '@google/genai';
import type { LiveModel, LiveService } from '@studio/contracts';
import type { CaseGroup, ConformanceCase } from './case.ts';

type Applies = (model: LiveModel, service: LiveService) => boolean;

/** Settings with which every model that they apply to sets up a connection. */
function taken(what: string, config: LiveConnectConfig, models: Applies = () => true): ConformanceCase {
  return {
    name: `A connection is set up with ${what}`,
    models,
    onEachModel: true,
    script: async (caller) => {
      await caller.connect(config, version(config, caller.model, caller.target.service));
    },
    expect: { order: 'setupComplete' },
  };
}

/** Settings that end the connection on every model that does not know them. */
function refused(what: string, config: LiveConnectConfig, models: Applies): ConformanceCase {
  return {
    name: `A connection is refused with ${what}`,
    models,
    onEachModel: true,
    script: async (caller) => {
      await caller.connect(config, version(config, caller.model, caller.target.service));
    },
    expect: { close: { code: [1007, 1008] }, never: ['setupComplete'] },
  };
}

/** What is optional on 2.5 models is offered at v1alpha only on the Developer API. */
function version(config: LiveConnectConfig, model: LiveModel, service: LiveService) {
  const isOptional =
    (config.proactivity !== undefined && model.proactiveAudio === 'optional') ||
    (config.enableAffectiveDialog !== undefined && model.affectiveDialog === 'optional');
  return isOptional && service === 'developer' ? { apiVersion: 'v1alpha' } : {};
}

const inLanguage = (languageCode: string): LiveConnectConfig => ({ speechConfig: { languageCode } });
const proactive = (proactiveAudio: boolean): LiveConnectConfig => ({ proactivity: { proactiveAudio } });
const level = (thinkingLevel: ThinkingLevel): LiveConnectConfig => ({ thinkingConfig: { thinkingLevel } });
const handling = (activityHandling: ActivityHandling) => ({ realtimeInputConfig: { activityHandling } });
const covering = (turnCoverage: TurnCoverage) => ({ realtimeInputConfig: { turnCoverage } });

const takesLanguage: Applies = ({ nativeAudio }, service) => !nativeAudio || service === 'vertex';
const takesAffection: Applies = ({ affectiveDialog }, service) =>
  affectiveDialog === 'optional' || (affectiveDialog === 'vertex-only' && service === 'vertex');

export const SETTINGS: CaseGroup = {
  title: 'settings of a connection',
  cases: [
    taken('a system instruction', { systemInstruction: 'You are a helpful assistant. Be brief.' }),
    taken('a system instruction in parts', {
      systemInstruction: { role: 'system', parts: [{ text: 'Be brief.' }, { text: 'Be friendly.' }] },
    }),
    taken('its sampling chosen', { temperature: 0.1, topP: 0.9, topK: 40, maxOutputTokens: 1024, seed: 7 }),
    taken('the highest temperature', { temperature: 2 }),
    taken('voice as its modality', { responseModalities: [Modality.AUDIO] }),
    taken('text as its modality', { responseModalities: [Modality.TEXT] }, ({ modalities }) =>
      modalities.includes('TEXT'),
    ),
    refused(
      'text as the modality of a model that only speaks',
      { responseModalities: [Modality.TEXT] },
      (model) => !model.modalities.includes('TEXT'),
    ),
    refused('two modalities', { responseModalities: [Modality.AUDIO, Modality.TEXT] }, () => true),
    refused('pictures as its modality', { responseModalities: [Modality.IMAGE] }, () => true),
    taken('both transcriptions', { inputAudioTranscription: {}, outputAudioTranscription: {} }),
    taken('a transcription of its own vocabulary', {
      inputAudioTranscription: { languageCodes: ['en-US'], customVocabulary: ['Garvik'] },
    }),
    taken('a smart transcription', {
      inputAudioTranscription: { mode: AudioTranscriptionConfigMode.SMART, wordTimestamp: true },
    }),
    taken('a low resolution of pictures', { mediaResolution: MediaResolution.MEDIA_RESOLUTION_LOW }),
    taken('a high resolution of pictures', { mediaResolution: MediaResolution.MEDIA_RESOLUTION_HIGH }),
    taken('its context compressed', { contextWindowCompression: { slidingWindow: {} } }),
    taken('its context compressed from one length to another', {
      contextWindowCompression: { triggerTokens: '25000', slidingWindow: { targetTokens: '8000' } },
    }),
    refused(
      'a target of compression above its trigger',
      { contextWindowCompression: { triggerTokens: '8000', slidingWindow: { targetTokens: '25000' } } },
      () => true,
    ),
    taken('handles to resume it', { sessionResumption: {} }),
    taken('Google search', { tools: [{ googleSearch: {} }] }),
    taken('interruption by speech', handling(ActivityHandling.START_OF_ACTIVITY_INTERRUPTS)),
    taken('no interruption', handling(ActivityHandling.NO_INTERRUPTION)),
    taken('turns of activity only', covering(TurnCoverage.TURN_INCLUDES_ONLY_ACTIVITY)),
    taken('turns of all input', covering(TurnCoverage.TURN_INCLUDES_ALL_INPUT)),
    taken(
      'turns of activity and all pictures',
      covering(TurnCoverage.TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO),
    ),
    taken('a language', inLanguage('de-DE'), takesLanguage),
    refused(
      'a language on a model that finds it by itself',
      inLanguage('de-DE'),
      (model, service) => !takesLanguage(model, service),
    ),
    refused('a language that nobody speaks', inLanguage('xx-XX'), () => true),
    taken('proactive audio', proactive(true), ({ proactiveAudio }) => proactiveAudio !== 'unsupported'),
    taken('proactive audio off', proactive(false), ({ proactiveAudio }) => proactiveAudio === 'optional'),
    refused(
      'proactive audio on a model without it',
      proactive(true),
      (model) => model.proactiveAudio === 'unsupported',
    ),
    refused(
      'proactive audio off on a model that always has it',
      proactive(false),
      (model) => model.proactiveAudio === 'always',
    ),
    {
      name: 'Proactive audio is refused at v1beta of the Developer API on 2.5 models',
      services: ['developer'],
      models: ({ proactiveAudio }) => proactiveAudio === 'optional',
      script: async (caller) => {
        await caller.connect(proactive(true));
      },
      expect: { close: { code: [1007, 1008] } },
    },
    taken('affective dialog', { enableAffectiveDialog: true }, takesAffection),
    refused(
      'affective dialog on a model without it',
      { enableAffectiveDialog: true },
      (model, service) => !takesAffection(model, service),
    ),
    taken(
      'a budget of thinking',
      { thinkingConfig: { thinkingBudget: 512 } },
      ({ thinking }) => thinking === 'budget',
    ),
    taken('no thinking', { thinkingConfig: { thinkingBudget: 0 } }, ({ thinking }) => thinking === 'budget'),
    taken('a low level of thinking', level(ThinkingLevel.LOW), ({ thinking }) => thinking === 'level'),
    taken('a high level of thinking', level(ThinkingLevel.HIGH), ({ thinking }) => thinking === 'level'),
    refused(
      'a budget of thinking on a model that takes none',
      { thinkingConfig: { thinkingBudget: 512 } },
      ({ thinking }) => thinking !== 'budget',
    ),
    refused(
      'a level of thinking on a model that takes none',
      level(ThinkingLevel.LOW),
      ({ thinking }) => thinking !== 'level',
    ),
    taken('its safety chosen', {
      safetySettings: [
        {
          category: HarmCategory.HARM_CATEGORY_HARASSMENT,
          threshold: HarmBlockThreshold.BLOCK_ONLY_HIGH,
        },
      ],
    }),
    taken('its activity marked by the client', {
      realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
    }),
    {
      name: 'A connection is set up with signals of activity on Vertex AI',
      services: ['vertex'],
      onEachModel: true,
      script: async (caller) => {
        await caller.connect({ explicitVadSignal: true });
      },
      expect: { order: 'setupComplete' },
    },
    {
      name: 'Signals of activity are no setting of the Developer API',
      services: ['developer'],
      script: async (caller) => {
        const line = await caller.raw();
        line.send({ setup: { model: caller.modelName, explicitVadSignal: true } });
        await line.ended();
      },
      expect: { close: { code: [1007] } },
    },
    {
      name: 'Counting the consumed messages is no setting of the Developer API',
      services: ['developer'],
      script: async (caller) => {
        const line = await caller.raw();
        line.send({ setup: { model: caller.modelName, sessionResumption: { transparent: true } } });
        await line.ended();
      },
      expect: { close: { code: [1007] } },
    },
    {
      name: 'Labels are taken on Vertex AI',
      services: ['vertex'],
      script: async (caller) => {
        await caller.connect({ labels: { team: 'studio' } });
      },
      expect: { order: 'setupComplete' },
    },
    {
      name: 'A history in client content, where it was announced, asks for no answer',
      models: ({ id }) => id === 'gemini-3.1-flash-live-preview',
      script: async (caller) => {
        const line = await caller.rawSetUp({
          historyConfig: { initialHistoryInClientContent: true },
          outputAudioTranscription: {},
        });
        line.send({
          clientContent: {
            turns: [
              { role: 'user', parts: [{ text: 'Ana: Our launch is in November.' }] },
              { role: 'model', parts: [{ text: 'I will remember that.' }] },
            ],
            turnComplete: true,
          },
        });
        await caller.pause(2000);
        line.send({ realtimeInput: { text: 'Ben: What did Ana say? Repeat it word by word.' } });
        await line.gets('turnComplete');
      },
      expect: {
        order: 'setupComplete (model|transcript)+ generationComplete turnComplete',
        holds: [
          { what: 'transcript', seen: ({ spokenText }) => spokenText, expected: /November/i },
          { what: 'turns', seen: (exchange) => exchange.count('turnComplete'), expected: 1 },
        ],
      },
    },
  ],
};
