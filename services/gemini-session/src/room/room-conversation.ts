import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_LIVE_SETTINGS, GEMINI_ID } from '@studio/contracts';
import type {
  Actor,
  Event,
  EventBody,
  FloorAction,
  LiveCommand,
  LiveSettings,
  LiveStatus,
  LiveUsage,
  MediaKind,
  ParticipantId,
} from '@studio/contracts';
import { isAddressed } from '../addressing/address.ts';
import { AddressingGate } from '../addressing/addressing-gate.ts';
import { createFloor } from '../floor/create-floor.ts';
import type { Floor, FloorOutput, Speaker } from '../floor/floor.ts';
import { floorMove } from '../floor/floor-move.ts';
import type { Grants } from '../floor/grants.ts';
import type { LiveConnection } from '../live/live-connection.ts';
import type { LiveSession } from '../live/live-session.ts';
import type { LinkState } from '../live/session-state.ts';
import type { ServerEvent } from '../live/server-event.ts';
import { awaitingAnswer, typedLine } from '../live/conversation-context.ts';
import type { ContextTurn } from '../live/conversation-context.ts';
import { ConversationMemory } from '../live/conversation-memory.ts';
import type { KnownLines } from '../live/conversation-memory.ts';
import { UnansweredInput } from '../live/unanswered-input.ts';
import { OutputTurns } from '../output/output-turns.ts';
import { VOICE_RATE } from '../output/voice-publisher.ts';
import type { VoicePublisher } from '../output/voice-publisher.ts';
import { webSources } from '../output/web-sources.ts';
import { PictureChooser } from '../pictures/picture-chooser.ts';
import type { RoomTools } from '../tools/room-tools.ts';
import { InputTranscripts } from '../transcript/input-transcripts.ts';
import type { Line, LineAppender } from '../transcript/line-appender.ts';
import { GEMINI } from './people.ts';
import type { People } from './people.ts';
import type { RoomSignals } from './room-signals.ts';
import { LiveInput } from './live-input.ts';
import { liveState } from './live-state.ts';

/** Gemini is not waited for any longer than this; it may also choose to say nothing. */
const THINKING_MS = 20_000;
/** Most that an event names. */
const MOST_SPEAKERS = 50;

type Speech = Extract<EventBody, { type: 'speech' }>;
const NOTHING: ReadonlySet<string> = new Set();

export interface RoomConversationParts {
  grants: Grants;
  people: People;
  voice: VoicePublisher;
  signals: RoomSignals;
  lines: Pick<LineAppender, 'append'>;
  /** The Live session that this conversation is held over. */
  session: () => Pick<LiveSession, 'connection' | 'settle'>;
  /** What Gemini has used in this room. */
  usage: () => LiveUsage;
  tools: Pick<RoomTools, 'onServerEvent' | 'refuse'>;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
}

/**
 * The conversation of one room with Gemini: what people say and type goes to it, what it says goes to them, and each finished turn into
 * the log. Nothing here waits: every input is passed on in the call that brings it.
 */
export class RoomConversation {
  private readonly unanswered = new UnansweredInput();
  private readonly memory = new ConversationMemory();
  private readonly parts: RoomConversationParts;
  private settings: LiveSettings;
  private floor: Floor;
  private readonly gate: AddressingGate;
  private readonly input: LiveInput;
  private readonly pictures = new PictureChooser();
  private readonly output: OutputTurns;
  private readonly inputs: InputTranscripts;
  private link: { state: LinkState; reason: string | null; since: number } = {
    state: 'idle',
    reason: null,
    since: 0,
  };
  /** When something of an answer came last. */
  private answeredAt = Number.NEGATIVE_INFINITY;
  /** When Gemini was given an input that it has not begun to answer. */
  private thinkingSince: number | undefined;

  constructor(parts: RoomConversationParts, settings: LiveSettings = DEFAULT_LIVE_SETTINGS) {
    this.parts = parts;
    this.settings = settings;
    this.floor = createFloor(settings.floor, settings.voiceActivity, parts.grants);
    const { voice, signals, session } = parts;
    this.gate = new AddressingGate(settings.addressing, {
      pass: (event) => this.onAnswerEvent(event),
      dropped: (complete) => this.onDropped(complete),
      refused: ({ calls }) => parts.tools.refuse(calls),
    });
    this.input = new LiveInput({
      unanswered: this.unanswered,
      connection: () => session().connection,
      answering: () => this.thinkingSince !== undefined || this.gate.answering,
    });
    this.input.marked = settings.floor !== 'mix';
    this.output = new OutputTurns({
      voice: (pcm, first) => voice.audio(pcm, first),
      voiceEnd: () => voice.end(),
      flush: () => voice.flush(),
      transcript: (key, text) => signals.transcript(key, GEMINI_ID, text),
      finished: (key, text, interrupted, sources) =>
        this.finish(key, GEMINI, text, interrupted, sources.length > 0 ? { sources: [...sources] } : {}),
    });
    this.inputs = new InputTranscripts({
      transcript: (key, actor, text) => signals.transcript(key, actor.id, text),
      finished: (key, actor, text, speakers) =>
        this.finish(
          key,
          actor,
          text,
          false,
          speakers.length > 1 ? { speakers: speakers.slice(0, MOST_SPEAKERS) } : {},
        ),
    });
  }

  /** Takes over a conversation: its latest events in order, and what the handle stands for that Gemini goes on from. */
  begin(events: readonly Event[], known: KnownLines | undefined): void {
    this.memory.begin(events, known);
    for (const event of awaitingAnswer(events, Date.now())) this.read(event);
  }

  /** What a connection must know before anything else: of a resumed session what it has missed, otherwise all. */
  context(resumed: boolean): ContextTurn[] {
    const inputs = this.unansweredKeys();
    return resumed ? this.memory.untold(inputs) : this.memory.summary(inputs);
  }

  /** What a handle that has just come stands for. */
  known(): KnownLines {
    return this.memory.keep(this.unansweredKeys());
  }

  /** Takes other settings. A floor policy that hears in another way is given to the connection that is made with them. */
  apply(settings: LiveSettings): void {
    const before = this.settings;
    this.settings = settings;
    this.gate.change(settings.addressing);
    if (settings.floor !== before.floor || !isDeepStrictEqual(settings.voiceActivity, before.voiceActivity)) {
      this.perform(this.floor.close());
      this.floor = createFloor(settings.floor, settings.voiceActivity, this.parts.grants);
      this.input.marked = settings.floor !== 'mix';
    }
  }

  /** How often `tickFloor` is to be called, milliseconds. */
  get floorTickMs(): number {
    return this.floor.tickMs;
  }

  status(): LiveStatus {
    const now = this.parts.now();
    const state = liveState({
      link: this.link.state,
      linkMs: now - this.link.since,
      speaking: this.output.speaking(now),
      thinking: this.thinkingSince !== undefined && this.gate.expected,
    });
    const { addressing, budgetUsd } = this.settings;
    return {
      ...{ state, addressing, budgetUsd, reason: this.link.reason, usage: this.parts.usage() },
      floor: this.floor.status(),
    };
  }

  /** Whether Gemini is there, and has something to answer or is answering it. */
  owesAnswer(): boolean {
    return this.parts.session().connection !== undefined && this.unansweredKeys().size > 0;
  }

  /** Whether nobody speaks and no answer is awaited or heard. */
  settled(): boolean {
    return !this.floor.speaking && this.thinkingSince === undefined && !this.output.busy(this.parts.now());
  }

  /**
   * A frame of a microphone, PCM of 16 kHz; `last`: nothing follows for now. False when it is not known who is behind the source: then it
   * is not heard.
   */
  hear(source: number, pcm: Uint8Array, last: boolean): boolean {
    const actor = this.parts.people.actor(source);
    if (actor === undefined) return false;
    const now = this.parts.now();
    if (pcm.byteLength > 0) this.perform(this.floor.frame({ actor, source }, pcm, now));
    if (last) this.perform(this.floor.remove(source, now));
    return true;
  }

  see(kind: MediaKind, source: number, jpeg: Uint8Array): void {
    this.pictures.offer(kind, source, jpeg, this.parts.now());
    this.showPicture();
  }

  /** A source has gone or is silent from now on. */
  remove(source: number): void {
    this.pictures.remove(source);
    this.perform(this.floor.remove(source, this.parts.now()));
  }

  /** Somebody has left the room. */
  leave(id: ParticipantId): void {
    this.perform(this.floor.leave(id, this.parts.now()));
    this.tell();
  }

  /** What somebody wants of the Live session. */
  obey(command: LiveCommand): void {
    switch (command.type) {
      case 'interrupt':
        this.interrupt();
        break;
      case 'floor':
        this.moveFloor(command.floor, { actor: command.by, source: command.source });
        break;
      case 'ask':
        this.ask(command.by);
        break;
      case 'status':
        break;
    }
  }

  /** A line of the conversation; what people type goes to Gemini. */
  read(event: Event): void {
    const text = typedLine(event);
    const hears = this.parts.session().connection !== undefined;
    this.memory.logged(event, text !== undefined && hears);
    if (text === undefined || event.body.type !== 'chat') return;
    if (!isAddressed(this.settings.addressing, event.body)) {
      this.input.aside(text);
      return;
    }
    const { now } = this.parts;
    this.unanswered.text(text, event.key, hears, now());
    // While somebody speaks, an answer would be an interruption: it comes together with the one to what they say.
    const answer = !this.floor.speaking;
    if (answer) this.gate.ask(now());
    else this.gate.address();
    if (!hears) return;
    this.input.text(text, { answer });
    if (answer) this.expectAnswer();
  }

  /** Somebody wants Gemini to answer what is being said, or was said last. */
  private ask(by: Actor): void {
    if (this.floor.speaking || this.thinkingSince !== undefined) this.gate.address();
    // What it says already, or what waits to be heard, is the answer.
    else if (this.gate.answering && (this.gate.release() || this.output.busy(this.parts.now()))) return;
    else this.answerLast(`(${by.name} asks you to answer now what was said last)`);
    this.tell();
  }

  private answerLast(request: string): void {
    this.gate.ask(this.parts.now());
    if (this.parts.session().connection === undefined) return;
    this.input.text(request, { answer: true });
    this.expectAnswer();
  }

  /** Stops what Gemini says; whatever the service makes of that is dropped until somebody speaks or types again. */
  private interrupt(): void {
    const { now } = this.parts;
    const active = this.output.busy(now()) || this.thinkingSince !== undefined;
    if (this.output.busy(now())) this.inputs.settle();
    this.gate.stop();
    this.output.silence(now());
    this.thinkingSince = undefined;
    this.unanswered.answered();
    this.unanswered.over();
    if (active && !this.floor.speaking) this.input.hush();
    this.tell();
  }

  /** To be called a few times per second. */
  tick(): void {
    const now = this.parts.now();
    this.inputs.tick(now);
    this.gate.tick(now);
    if (this.thinkingSince !== undefined && now - this.thinkingSince > THINKING_MS)
      this.thinkingSince = undefined;
    this.tell();
    this.parts.session().settle();
  }

  /** The floor's own clock: to be called every `floorTickMs`. */
  tickFloor(): void {
    this.perform(this.floor.tick(this.parts.now()));
  }

  onLink(state: LinkState, reason: string | null): void {
    const since = state === this.link.state ? this.link.since : this.parts.now();
    this.link = { state, reason, since };
    // What is said while Gemini is not there for long is between people.
    if (state === 'unavailable') {
      this.unanswered.forget();
      this.inputs.lost(NOTHING);
      this.output.connectionLost(false, this.parts.now());
    }
    this.tell();
  }

  onReady(connection: LiveConnection): void {
    this.inputs.replayed(this.parts.now());
    this.memory.given(this.unansweredKeys());
    if (this.unanswered.replay(connection)) this.expectAnswer();
  }

  /** `blamed`: what Gemini was given may be the reason. */
  onLost(blamed: boolean): void {
    const again = this.unanswered.lost(blamed);
    this.inputs.lost(this.unansweredKeys());
    this.output.connectionLost(again, this.parts.now());
    this.memory.lost();
    this.gate.lost();
    this.input.lost();
    this.thinkingSince = undefined;
    this.tell();
  }

  onServerEvent(event: ServerEvent): void {
    const now = this.parts.now();
    if (event.type === 'inputText') {
      this.inputs.text(event.text, now);
      // The name was recognised after the answer had been left out.
      if (this.gate.recognised(event.text) && !this.floor.speaking)
        this.answerLast('(You were asked: answer now what was said last)');
    } else this.gate.take(event, now);
    if (event.type === 'turnComplete' || event.type === 'interrupted') this.input.flush();
    this.tell();
  }

  /** A part of an answer that people may hear. */
  private onAnswerEvent(event: ServerEvent): void {
    const { tools } = this.parts;
    const now = this.parts.now();
    tools.onServerEvent(event);
    switch (event.type) {
      case 'interrupted':
        this.inputs.settle();
        this.unanswered.over();
        this.output.interruptedByService(now);
        break;
      case 'audio':
        if (event.rate === VOICE_RATE && this.output.audio(event.pcm, now)) this.onAnswer();
        break;
      case 'outputText':
        if (this.output.text(event.text)) this.onAnswer();
        break;
      case 'generationComplete':
        this.output.generationComplete();
        if (!this.output.stopped) this.unanswered.over();
        break;
      case 'turnComplete':
        if (!this.output.stopped) {
          this.inputs.settle();
          this.onAnswer();
          this.unanswered.over();
        }
        this.output.turnComplete();
        break;
      case 'grounding':
        this.output.sources(webSources(event.metadata));
        break;
      case 'inputText':
      case 'toolCall':
      case 'toolCallCancellation':
      case 'usage':
      case 'handle':
      case 'goAway':
        // The session's own affair.
        break;
    }
  }

  /** Nobody asked for the answer that came. */
  private onDropped(complete: boolean): void {
    this.inputs.settleSoon(this.parts.now());
    this.onAnswer();
    this.unanswered.over();
    if (!complete && !this.floor.speaking) this.input.hush();
  }

  /** Everything that is being said ends here and is written down. */
  close(): void {
    this.unanswered.forget();
    this.onLost(false);
    this.inputs.close();
  }

  private moveFloor(action: FloorAction, by: Speaker): void {
    const move = floorMove(action, by, (id) => this.parts.people.person(id));
    if (move !== undefined) this.perform(this.floor.move(move, this.parts.now()));
    this.tell();
  }

  private perform(outputs: Iterable<FloorOutput>): void {
    for (const output of outputs) {
      switch (output.type) {
        case 'start':
          this.startSpeech(output.actor);
          break;
        case 'audio':
          this.input.audio(output.pcm);
          break;
        case 'end':
          this.endSpeech(output.speakers ?? []);
          break;
        case 'pause':
          this.input.pause();
          break;
      }
    }
  }

  private startSpeech(actor: Actor): void {
    const { hears, marked } = this.input;
    const now = this.parts.now();
    // Where the service finds speech by itself, only it knows what is an interruption.
    const interrupts = marked && this.settings.voiceActivity.handling === 'interrupts';
    if (interrupts) this.stopAnswer(now);
    this.gate.speech(now);
    const unavailable = this.link.state === 'unavailable';
    const key = this.inputs.start(actor, hears || unavailable, now);
    this.input.startSpeech(actor, interrupts, unavailable ? undefined : key, now);
    this.showPicture();
    this.tell();
  }

  /** Somebody speaks into what Gemini says or is about to say. */
  private stopAnswer(now: number): void {
    if (this.output.busy(now)) this.inputs.settle();
    this.unanswered.over();
    this.output.bargeIn(now, this.thinkingSince !== undefined);
    this.thinkingSince = undefined;
  }

  private endSpeech(speakers: readonly Actor[]): void {
    const { hears, marked } = this.input;
    const now = this.parts.now();
    this.inputs.end(now, speakers);
    // Where the service finds speech by itself, it may have found the end of it, and have answered, before us.
    const answered = !marked && now - this.answeredAt < this.settings.voiceActivity.silenceMs;
    if (hears && !answered) this.expectAnswer();
    if (answered) this.inputs.settleSoon(now);
    this.input.endSpeech(speakers);
    this.tell();
  }

  private expectAnswer(): void {
    this.output.expectAnswer();
    this.thinkingSince = this.parts.now();
    this.tell();
  }

  /** Gemini has begun to answer, or has decided to say nothing. */
  private onAnswer(): void {
    this.answeredAt = this.parts.now();
    this.thinkingSince = undefined;
    this.unanswered.answered();
  }

  private showPicture(): void {
    const { people, session, now } = this.parts;
    if (session().connection === undefined) return;
    const { inView } = this.floor;
    const jpeg = this.pictures.next(inView === undefined ? [] : people.sources(inView), now());
    if (jpeg !== undefined) this.input.picture(jpeg);
  }

  private finish(
    key: string,
    actor: Actor,
    text: string,
    interrupted: boolean,
    more: Pick<Speech, 'speakers' | 'sources'>,
  ): void {
    if (text === '') {
      this.parts.signals.dropped(key);
      return;
    }
    this.parts.signals.forgetTranscript(key);
    const line: Line = { key, actor, body: { type: 'speech', text, interrupted, ...more } };
    this.parts.lines.append(line);
    this.memory.said(line, this.parts.session().connection !== undefined);
  }

  private unansweredKeys(): Set<string> {
    return this.unanswered.keys(this.parts.now());
  }

  private tell(): void {
    this.parts.signals.status(this.status());
  }
}
