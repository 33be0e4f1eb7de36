/** What Vertex AI documents for `speechConfig.languageCode`. */
const LANGUAGES = new Set(
  (
    'ar-EG bn-BD de-DE en-IN en-US es-US fr-FR hi-IN id-ID it-IT ja-JP ko-KR ' +
    'mr-IN nl-NL pl-PL pt-BR ro-RO ru-RU ta-IN te-IN th-TH tr-TR uk-UA vi-VN'
  ).split(' '),
);

export function isLanguage(code: string): boolean {
  return LANGUAGES.has(code);
}
