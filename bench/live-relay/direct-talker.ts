import { GoogleGenAI, Modality } from '@google/genai';
import type { LiveServerMessage, Session } from '@google/genai';
import type { OnVoice, Talker } from './talker.ts';

/** The floor of what can be reached: the SDK's own connection, without a studio in between. */
export class DirectTalker implements Talker {
  readonly #session: Session;

  private constructor(session: Session) {
    this.#session = session;
  }

  static async connect(url: string, onVoice: OnVoice): Promise<DirectTalker> {
    const client = new GoogleGenAI({
      vertexai: false,
      apiKey: 'bench',
      apiVersion: 'v1beta',
      httpOptions: { baseUrl: url },
    });
    const session = await client.live.connect({
      model: 'gemini-3.8-live',
      config: {
        responseModalities: [Modality.AUDIO],
        realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
      },
      callbacks: { onmessage: (message) => hear(message, onVoice) },
    });
    return new DirectTalker(session);
  }

  start(): Promise<void> {
    this.#session.sendRealtimeInput({ activityStart: {} });
    return Promise.resolve();
  }

  frame(pcm: Uint8Array): void {
    const data = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
    this.#session.sendRealtimeInput({ audio: { data, mimeType: 'audio/pcm;rate=16000' } });
  }

  end(): Promise<void> {
    this.#session.sendRealtimeInput({ activityEnd: {} });
    return Promise.resolve();
  }

  close(): void {
    this.#session.close();
  }
}

function hear(message: LiveServerMessage, onVoice: OnVoice): void {
  const at = performance.now();
  for (const { inlineData } of message.serverContent?.modelTurn?.parts ?? [])
    if (inlineData?.data !== undefined) onVoice(Buffer.from(inlineData.data, 'base64'), at);
}
