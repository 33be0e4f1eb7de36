import { rmsDbfs } from '@studio/audio';
import { decodePcm } from '../input/pcm.ts';
import { decodePicture } from '../input/picture.ts';
import type { Entry, HeardSpeech, SeenPicture } from '../mind/conversation.ts';
import type { TokenCount } from '../output/usage.ts';
import { NO_TOKENS, addTokens, audioTokens, textTokens } from '../output/usage.ts';
import type { Content } from './fields.ts';
import { textOf } from './fields.ts';
import { invalidArgument } from './refusal.ts';

/**
 * Reads one content of the conversation history: text, pictures (of so many tokens each) and recorded speech.
 * @throws Refusal when inline data are of another kind, or broken.
 */
export function readContent(
  content: Content,
  pictureTokens: number,
): { readonly entry: Entry; readonly tokens: TokenCount } {
  const text = textOf(content);
  const speech: HeardSpeech[] = [];
  const pictures: SeenPicture[] = [];
  for (const { inlineData } of content.parts) {
    if (!inlineData) continue;
    if (inlineData.mimeType.startsWith('image/')) pictures.push(decodePicture(inlineData));
    else if (inlineData.mimeType.startsWith('audio/')) {
      const { samples, rate } = decodePcm(inlineData);
      speech.push({ seconds: samples.length / rate, dbfs: rmsDbfs(samples) });
    } else throw invalidArgument();
  }
  const tokens = addTokens(
    textTokens(text),
    audioTokens(speech.reduce((sum, { seconds }) => sum + seconds, 0)),
    { ...NO_TOKENS, IMAGE: pictures.length * pictureTokens },
  );
  return { entry: { role: content.role === 'model' ? 'model' : 'user', text, speech, pictures }, tokens };
}
