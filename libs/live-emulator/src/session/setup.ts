import * as z from 'zod';
import { Content, integer, natural, opaque } from './fields.ts';

const TranscriptionConfig = z.strictObject({
  languageCodes: z.array(z.string()).optional(),
  languageAuto: opaque.optional(),
  languageHints: opaque.optional(),
  customVocabulary: z.array(z.string()).optional(),
  adaptationPhrases: z.array(z.string()).optional(),
  wordTimestamp: z.boolean().optional(),
  diarization: z.boolean().optional(),
  mode: z.string().optional(),
  sourceText: z.string().optional(),
});

const SpeechConfig = z.strictObject({
  languageCode: z.string().optional(),
  voiceConfig: z
    .strictObject({
      prebuiltVoiceConfig: z.strictObject({ voiceName: z.string().optional() }).optional(),
      replicatedVoiceConfig: opaque.optional(),
      voice: z.string().optional(),
    })
    .optional(),
});

const GenerationConfig = z.strictObject({
  responseModalities: z.array(z.enum(['AUDIO', 'TEXT', 'IMAGE', 'MODALITY_UNSPECIFIED'])).optional(),
  candidateCount: integer.optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  topK: z.number().min(0).optional(),
  maxOutputTokens: natural.optional(),
  seed: integer.optional(),
  presencePenalty: z.number().optional(),
  frequencyPenalty: z.number().optional(),
  mediaResolution: z
    .enum([
      'MEDIA_RESOLUTION_UNSPECIFIED',
      'MEDIA_RESOLUTION_LOW',
      'MEDIA_RESOLUTION_MEDIUM',
      'MEDIA_RESOLUTION_HIGH',
    ])
    .optional(),
  speechConfig: SpeechConfig.optional(),
  thinkingConfig: z
    .strictObject({
      includeThoughts: z.boolean().optional(),
      thinkingBudget: integer.optional(),
      thinkingLevel: z
        .enum([
          'THINKING_LEVEL_UNSPECIFIED',
          'MINIMAL',
          'LOW',
          'MEDIUM',
          'HIGH',
          'minimal',
          'low',
          'medium',
          'high',
        ])
        .optional(),
    })
    .optional(),
  enableAffectiveDialog: z.boolean().optional(),
  translationConfig: opaque.optional(),
});

export const Tool = z.strictObject({
  functionDeclarations: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z_][\w.-]{0,63}$/),
        description: z.string().optional(),
        behavior: z.enum(['UNSPECIFIED', 'BLOCKING', 'NON_BLOCKING']).optional(),
        parameters: z.unknown().optional(),
        parametersJsonSchema: z.unknown().optional(),
        response: z.unknown().optional(),
        responseJsonSchema: z.unknown().optional(),
      }),
    )
    .max(512)
    .optional(),
  googleSearch: opaque.optional(),
  googleSearchRetrieval: opaque.optional(),
  codeExecution: opaque.optional(),
  urlContext: opaque.optional(),
  retrieval: opaque.optional(),
});

export type Tool = z.infer<typeof Tool>;

const RealtimeInputConfig = z.strictObject({
  automaticActivityDetection: z
    .strictObject({
      disabled: z.boolean().optional(),
      startOfSpeechSensitivity: z
        .enum(['START_SENSITIVITY_UNSPECIFIED', 'START_SENSITIVITY_HIGH', 'START_SENSITIVITY_LOW'])
        .optional(),
      endOfSpeechSensitivity: z
        .enum(['END_SENSITIVITY_UNSPECIFIED', 'END_SENSITIVITY_HIGH', 'END_SENSITIVITY_LOW'])
        .optional(),
      prefixPaddingMs: natural.optional(),
      silenceDurationMs: natural.optional(),
    })
    .optional(),
  activityHandling: z
    .enum(['ACTIVITY_HANDLING_UNSPECIFIED', 'START_OF_ACTIVITY_INTERRUPTS', 'NO_INTERRUPTION'])
    .optional(),
  turnCoverage: z
    .enum([
      'TURN_COVERAGE_UNSPECIFIED',
      'TURN_INCLUDES_ONLY_ACTIVITY',
      'TURN_INCLUDES_ALL_INPUT',
      'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
    ])
    .optional(),
  interimTranscriptTimestampEnabled: z.boolean().optional(),
});

/** The first frame of a connection, in the API's own words. */
export const Setup = z.strictObject({
  model: z.string(),
  generationConfig: GenerationConfig.optional(),
  systemInstruction: Content.optional(),
  prefixTurns: z.array(Content).max(1000).optional(),
  tools: z.array(Tool).max(128).optional(),
  realtimeInputConfig: RealtimeInputConfig.optional(),
  sessionResumption: z
    .strictObject({ handle: z.string().max(2000).optional(), transparent: z.boolean().optional() })
    .optional(),
  contextWindowCompression: z
    .strictObject({
      triggerTokens: natural.optional(),
      slidingWindow: z.strictObject({ targetTokens: natural.optional() }).optional(),
    })
    .optional(),
  inputAudioTranscription: TranscriptionConfig.optional(),
  outputAudioTranscription: TranscriptionConfig.optional(),
  proactivity: z
    .strictObject({ proactiveAudio: z.boolean().optional(), proactiveVideo: z.boolean().optional() })
    .optional(),
  historyConfig: z.strictObject({ initialHistoryInClientContent: z.boolean().optional() }).optional(),
  explicitVadSignal: z.boolean().optional(),
  avatarConfig: opaque.optional(),
  safetySettings: z.array(opaque).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
export type Setup = z.infer<typeof Setup>;
