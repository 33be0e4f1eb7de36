import { GoogleGenAI } from '@google/genai';
import type { GoogleGenAIOptions, LiveConnectConfig, LiveServerMessage, Session } from '@google/genai';
import { microphoneChunks } from './speech-sample.ts';

const PATIENCE_MS = 10_000;

/** Why a connection ended. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/** A session of the real SDK that keeps every message and waits for the ones a test names. */
export class SdkProbe {
  readonly messages: LiveServerMessage[] = [];
  ending: Ending | null = null;
  #session: Session | null = null;
  #wake: () => void = () => undefined;

  static async connect(
    options: GoogleGenAIOptions,
    model: string,
    config: LiveConnectConfig,
  ): Promise<SdkProbe> {
    const probe = new SdkProbe();
    probe.#session = await new GoogleGenAI(options).live.connect({
      model,
      config,
      callbacks: {
        onmessage: (message) => {
          probe.messages.push(message);
          probe.#wake();
        },
        onclose: ({ code, reason }) => {
          probe.ending = { code, reason };
          probe.#wake();
        },
      },
    });
    return probe;
  }

  get session(): Session {
    if (!this.#session) throw new Error('not connected');
    return this.#session;
  }

  /** Sends sound as a microphone would, all at once. */
  say(samples: Int16Array): void {
    for (const audio of microphoneChunks(samples)) this.session.sendRealtimeInput({ audio });
  }

  ask(text: string): void {
    this.session.sendClientContent({ turns: [{ role: 'user', parts: [{ text }] }], turnComplete: true });
  }

  /** Waits until so many turns are complete. */
  async turns(count: number): Promise<void> {
    await this.until(
      () => this.messages.filter((message) => message.serverContent?.turnComplete).length >= count,
    );
  }

  async until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!condition()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`gave up waiting after: ${this.shape.join(' ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** The kinds of the messages in order; a run of equal ones counts once. */
  get shape(): string[] {
    return this.messages.map(kindOf).filter((kind, index, kinds) => kind !== kinds[index - 1]);
  }

  /** The lengths of the audio chunks, in bytes. */
  get audioChunks(): number[] {
    return this.#parts.flatMap(({ inlineData }) =>
      inlineData?.data === undefined ? [] : [Buffer.from(inlineData.data, 'base64').length],
    );
  }

  get writtenText(): string {
    return this.#parts.map(({ text }) => text ?? '').join('');
  }

  get spokenText(): string {
    return this.messages.map((message) => message.serverContent?.outputTranscription?.text ?? '').join('');
  }

  /** The latest handle that the session can be resumed with. */
  get handle(): string | undefined {
    return this.messages
      .flatMap(({ sessionResumptionUpdate: update }) => (update?.resumable ? [update.newHandle] : []))
      .at(-1);
  }

  get #parts() {
    return this.messages.flatMap((message) => message.serverContent?.modelTurn?.parts ?? []);
  }
}

function kindOf(message: LiveServerMessage): string {
  const content = message.serverContent;
  const kinds = [
    message.setupComplete && 'setupComplete',
    content?.inputTranscription && 'heard',
    content?.modelTurn && 'model',
    content?.outputTranscription && 'transcript',
    content?.interrupted && 'interrupted',
    content?.generationComplete && 'generationComplete',
    content?.turnComplete && 'turnComplete',
    message.usageMetadata && 'usage',
    message.goAway && 'goAway',
    message.voiceActivity && 'voiceActivity',
    message.sessionResumptionUpdate &&
      (message.sessionResumptionUpdate.resumable ? 'resumable' : 'notResumable'),
  ];
  return kinds.filter((kind) => typeof kind === 'string').join('+');
}
