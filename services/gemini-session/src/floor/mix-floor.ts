import { Mixer, QUIET, bytesOf, peak, samplesOf } from '@studio/audio';
import type { FloorStatus, ParticipantId } from '@studio/contracts';
import { NO_OUTPUT } from './floor.ts';
import type { Floor, FloorMove, FloorOutput, Speaker } from './floor.ts';
import { FloorQueue } from './floor-queue.ts';
import type { Grants } from './grants.ts';
import type { VoiceOptions } from './microphone.ts';
import { Microphones } from './microphones.ts';
import { MixClock } from './mix-clock.ts';
import { MICROPHONE_RATE } from './recent-audio.ts';
import { Stretch } from './stretch.ts';

const BLOCK_MS = 20;
const IDLE_TICK_MS = 100;
/** Without a frame of anybody for this long nothing is sent any more, as the Live API asks for at pauses above 1 s. */
const PAUSE_MS = 1_000;
/** Longer than any hiccup of a process that is well. */
const MOST_BEHIND_MS = 2_000;
const SAMPLES_PER_MS = MICROPHONE_RATE / 1000;

/**
 * The floor policy `mix`: everybody is heard at once, as one stream in real time that the Live service finds the speech in by itself. Who
 * speaks is known from their microphones: a start and an end mark a stretch of speech for the transcript, audio comes also between them.
 * Raised hands are only shown; nobody holds the floor, so it can be neither given nor taken.
 */
export class MixFloor implements Floor {
  private readonly grants: Grants;
  private readonly microphones: Microphones;
  private readonly mixer = new Mixer(MICROPHONE_RATE, BLOCK_MS);
  private readonly clock = new MixClock(BLOCK_MS, MOST_BEHIND_MS);
  private readonly block: Int16Array<ArrayBuffer>;
  private readonly hands = new FloorQueue();
  private readonly voices = new Map<number, Speaker>();
  private stretch: Stretch | undefined;
  private latest: ParticipantId | undefined;
  private heardAt = 0;

  constructor(options: VoiceOptions, grants: Grants) {
    this.grants = grants;
    // Of whom nothing more is heard, the service hears silence: it ends what they say no later than we do.
    this.microphones = new Microphones(options, PAUSE_MS);
    this.block = new Int16Array(this.mixer.block);
  }

  /** Nobody needs to look often when nothing is to be mixed. */
  get tickMs(): number {
    return this.clock.running ? BLOCK_MS : IDLE_TICK_MS;
  }

  get speaking(): boolean {
    return this.stretch !== undefined;
  }

  get inView(): ParticipantId | undefined {
    return this.latest;
  }

  status(): FloorStatus {
    return {
      policy: 'mix',
      holder: null,
      grant: this.grants.current,
      speakers: [...new Set([...this.voices.values()].map(({ actor }) => actor.id))],
      queue: this.hands.ids,
    };
  }

  tune(options: VoiceOptions): void {
    this.microphones.tune(options);
  }

  frame(speaker: Speaker, pcm: Uint8Array, now: number): readonly FloorOutput[] {
    const { source, actor } = speaker;
    this.heardAt = now;
    if (!this.clock.running) this.clock.start(now);
    const samples = samplesOf(pcm);
    this.mixer.push(source, samples);
    const microphone = this.microphones.at(source);
    microphone.listen(pcm, now);
    if (!microphone.speaking) return this.silent(source);
    this.voices.set(source, speaker);
    this.latest = actor.id;
    this.hands.take(actor.id);
    const outputs: readonly FloorOutput[] =
      this.stretch === undefined ? [{ type: 'start', actor }] : NO_OUTPUT;
    this.stretch ??= new Stretch();
    this.stretch.add(actor, samples.length / SAMPLES_PER_MS);
    return outputs;
  }

  move(move: FloorMove): readonly FloorOutput[] {
    if (move.action === 'raise') this.hands.raise(move.by);
    if (move.action === 'lower') this.hands.lower(move.by.id);
    return NO_OUTPUT;
  }

  remove(source: number): readonly FloorOutput[] {
    this.microphones.remove(source);
    return this.silent(source);
  }

  leave(id: ParticipantId): readonly FloorOutput[] {
    this.hands.take(id);
    if (this.latest === id) this.latest = undefined;
    return NO_OUTPUT;
  }

  *tick(now: number): Generator<FloorOutput> {
    for (let due = this.clock.due(now, this.ready); due > 0; due--) {
      this.mixer.mix(this.block);
      yield { type: 'audio', pcm: bytesOf(this.block) };
    }
    this.microphones.tick(now);
    for (const source of this.voices.keys())
      if (!this.microphones.at(source).speaking) yield* this.silent(source);
    if (this.clock.running && now - this.heardAt >= PAUSE_MS) {
      this.clock.stop();
      yield { type: 'pause' };
    }
  }

  close(): readonly FloorOutput[] {
    this.voices.clear();
    const ended = this.endStretch();
    if (!this.clock.running) return ended;
    this.clock.stop();
    return [...ended, { type: 'pause' }];
  }

  /** Blocks that can be made without a hole that is heard: in a pause of speech there is none. */
  private get ready(): number {
    return peak(this.block) < QUIET ? Number.POSITIVE_INFINITY : this.mixer.ready;
  }

  /** Nobody speaks into this microphone; when nobody speaks into any, the stretch is over. */
  private silent(source: number): readonly FloorOutput[] {
    this.voices.delete(source);
    return this.voices.size > 0 ? NO_OUTPUT : this.endStretch();
  }

  private endStretch(): readonly FloorOutput[] {
    const { stretch } = this;
    this.stretch = undefined;
    return stretch === undefined ? NO_OUTPUT : [{ type: 'end', speakers: stretch.speakers }];
  }
}
