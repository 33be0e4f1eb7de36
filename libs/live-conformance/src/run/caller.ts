import type { LiveConnectConfig } from '@google/genai';
import type { LiveModel } from '@studio/contracts';
import type { Exchange } from '../exchange/exchange.ts';
import { Line, SPEECH_RATE } from './line.ts';
import type { CaseTime } from './listener.ts';
import { Listener } from './listener.ts';
import { RawLine } from './raw-line.ts';
import type { Access, Target } from './target.ts';

/** Speaks an English text: mono, 16 bits, SPEECH_RATE. */
export type Speech = (text: string) => Int16Array;

/** What a case's script has at hand. Everything that comes back over its connections is kept. */
export class Caller {
  readonly model: LiveModel;
  readonly target: Target;
  readonly exchanges: Exchange[] = [];
  readonly #time: CaseTime;
  readonly #speech: Speech;
  readonly #lines: (Line | RawLine)[] = [];

  constructor(model: LiveModel, target: Target, time: CaseTime, speech: Speech) {
    this.model = model;
    this.target = target;
    this.#time = time;
    this.#speech = speech;
  }

  /** A connection of the SDK to the case's model, or to another one. */
  async connect(config: LiveConnectConfig = {}, access: Access = {}, model = this.model.id): Promise<Line> {
    const line = await Line.open(this.target.sdk(access), model, config, this.#listener(), this.target.speed);
    this.#lines.push(line);
    return line;
  }

  /** A bare WebSocket, before its first frame. */
  async raw(access: Access = {}): Promise<RawLine> {
    const { url, headers } = await this.target.raw(access);
    const line = await RawLine.open(url, headers, this.#listener());
    this.#lines.push(line);
    return line;
  }

  /** The same, after setup of the case's model with these fields. */
  async rawSetUp(setup: object = {}, access: Access = {}): Promise<RawLine> {
    const line = await this.raw(access);
    line.send({ setup: { model: this.modelName, ...setup } });
    await line.gets('setupComplete');
    return line;
  }

  get modelName(): string {
    return this.target.modelName(this.model.id);
  }

  /** About 2.5 seconds of speech. */
  get sentence(): Int16Array {
    return this.#speech('We should launch the new portal in November.');
  }

  speak(text: string): Int16Array {
    return this.#speech(text);
  }

  silence(seconds: number): Int16Array {
    return new Int16Array(Math.round(seconds * SPEECH_RATE));
  }

  /** Lets so many milliseconds of the service's time pass. */
  async pause(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms / this.target.speed));
  }

  async hangUp(): Promise<void> {
    for (const line of this.#lines) await line.close();
  }

  #listener(): Listener {
    const listener = new Listener(this.#time);
    this.exchanges.push(listener.exchange);
    return listener;
  }
}
