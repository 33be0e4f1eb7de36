/**
 * Languages that a session can be told to speak, as Vertex AI documents them for `speechConfig.languageCode`. Native audio models of the
 * Gemini Developer API take none: they find the language by themselves.
 */
export const LANGUAGES = [
  'ar-EG',
  'bn-BD',
  'de-DE',
  'en-IN',
  'en-US',
  'es-US',
  'fr-FR',
  'hi-IN',
  'id-ID',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'mr-IN',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'ro-RO',
  'ru-RU',
  'ta-IN',
  'te-IN',
  'th-TH',
  'tr-TR',
  'uk-UA',
  'vi-VN',
] as const;
