import type { Addressing } from '@studio/contracts';

/**
 * The name as people and recognisers write it, as a word of its own in scripts that set words apart, also with an @. In scripts that do not,
 * or that join endings to a name, it may stand anywhere.
 */
const NAME =
  /(?<![\p{L}\p{N}])gemini(?![\p{L}\p{N}])|джемини|гемини|ジェミニ|제미나이|제미니|جيميناي|جيميني|जेमिनी|เจมิไน/iu;

/** Whether a text calls Gemini by its name. */
export function namesGemini(text: string): boolean {
  return NAME.test(text);
}

/** Whether Gemini shall answer a typed line. */
export function isAddressed(
  addressing: Addressing,
  { text, ask }: { text: string; ask?: boolean | undefined },
): boolean {
  return ask === true || addressing === 'always' || (addressing === 'when-addressed' && namesGemini(text));
}
