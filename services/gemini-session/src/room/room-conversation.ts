import { DEFAULT_LIVE_SETTINGS } from '@studio/contracts';
import type { Actor, Event, LiveCommand, LiveSettings, LiveStatus, LiveUsage } from '@studio/contracts';
import { isAddressed } from '../addressing/address.ts';
import type { Grants } from '../floor/grants.ts';
import { awaitingAnswer, contextOf, typedLine } from '../live/conversation-context.ts';
import type { ContextTurn } from '../live/conversation-context.ts';
import { ConversationMemory } from '../live/conversation-memory.ts';
import type { KnownLines } from '../live/conversation-memory.ts';
import type { LiveConnection } from '../live/live-connection.ts';
import type { LiveSession } from '../live/live-session.ts';
import type { ServerEvent } from '../live/server-event.ts';
import type { LinkState } from '../live/session-state.ts';
import { UnansweredInput } from '../live/unanswered-input.ts';
import type { VoicePublisher } from '../output/voice-publisher.ts';
import type { RoomTools } from '../tools/room-tools.ts';
import { InputTranscripts } from '../transcript/input-transcripts.ts';
import type { LineAppender } from '../transcript/line-appender.ts';
import { Answers } from './answers.ts';
import { Listening } from './listening.ts';
import { LiveInput } from './live-input.ts';
import { Link } from './live-state.ts';
import type { People } from './people.ts';
import { Requests } from './requests.ts';
import type { RoomSignals } from './room-signals.ts';
import { SpokenLines } from './spoken-lines.ts';

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
  /** Where the room's microphones and pictures come in. */
  readonly listening: Listening;
  private readonly parts: RoomConversationParts;
  private settings: LiveSettings;
  private readonly unanswered = new UnansweredInput();
  private readonly memory = new ConversationMemory();
  private readonly inputs: InputTranscripts;
  private readonly input: LiveInput;
  private readonly answers: Answers;
  private readonly requests: Requests;
  private readonly link = new Link();

  constructor(parts: RoomConversationParts, settings: LiveSettings = DEFAULT_LIVE_SETTINGS) {
    this.parts = parts;
    this.settings = settings;
    const { unanswered } = this;
    const { voice, signals, tools, grants, people, now } = parts;
    const told = () => this.connection !== undefined;
    const lines = new SpokenLines({ ...{ signals, told, lines: parts.lines }, memory: this.memory });
    this.inputs = new InputTranscripts({
      transcript: (key, actor, text) => signals.transcript(key, actor.id, text),
      finished: (key, actor, text, speakers) => lines.ofPeople(key, actor, text, speakers),
    });
    this.answers = new Answers(settings.addressing, {
      ...{ voice, signals, tools, unanswered, now, inputs: this.inputs },
      finished: (key, text, interrupted, sources) => lines.ofGemini(key, text, interrupted, sources),
      hush: () => this.hush(),
    });
    this.input = new LiveInput({
      unanswered,
      connection: () => this.connection,
      answering: () => this.answers.awaited || this.answers.gate.answering,
      told: (key) => this.memory.given(new Set([key])),
    });
    this.input.marked = settings.floor !== 'mix';
    this.requests = new Requests({
      ...{ now, unanswered, answers: this.answers, input: this.input },
      connection: () => this.connection,
      speaking: () => this.listening.speaking,
      expected: () => this.expectAnswer(),
    });
    this.listening = new Listening(settings, {
      ...{ grants, people, now },
      sink: {
        startSpeech: (actor) => this.startSpeech(actor),
        audio: (pcm) => this.input.audio(pcm),
        endSpeech: (speakers) => this.endSpeech(speakers),
        pause: () => this.input.pause(),
        sees: () => this.connection !== undefined,
        picture: (jpeg) => this.connection?.sendPicture(jpeg),
      },
    });
  }

  private get connection(): LiveConnection | undefined {
    return this.parts.session().connection;
  }

  /** Takes over a conversation: its latest events in order, and what the handle stands for that Gemini goes on from. */
  begin(events: readonly Event[], known: KnownLines | undefined): void {
    this.memory.begin(events, known);
    for (const event of awaitingAnswer(events, Date.now())) this.read(event);
  }

  /** What a connection must know before anything else: of a resumed session what it has missed, otherwise all. */
  context(resumed: boolean): ContextTurn[] {
    const inputs = this.unansweredKeys();
    const turns = resumed ? this.memory.untold(inputs) : this.memory.summary(inputs);
    // It is not heard again, so that its words are all that the connection can know of it.
    const said = this.inputs.soFar(this.unanswered.goesOn, resumed);
    if (said === undefined) return turns;
    const { actor, text } = said;
    return [...turns, ...contextOf([{ actor, body: { type: 'speech', text, interrupted: false } }])];
  }

  /** What a handle that has just come stands for. */
  known(): KnownLines {
    this.inputs.keep();
    return this.memory.keep(this.unansweredKeys());
  }

  /** Takes other settings. A floor policy that hears in another way is given to the connection that is made with them. */
  apply(settings: LiveSettings): void {
    this.settings = settings;
    this.answers.gate.change(settings.addressing);
    // What is being said ends in the way in which it began.
    this.listening.apply(settings);
    this.input.marked = settings.floor !== 'mix';
  }

  status(): LiveStatus {
    const { answers, link } = this;
    const { addressing, budgetUsd } = this.settings;
    return {
      state: link.shown(answers, this.parts.now()),
      ...{ addressing, budgetUsd, reason: link.reason, usage: this.parts.usage() },
      floor: this.listening.status,
    };
  }

  /** Whether Gemini is there, and has something to answer or is answering it. */
  owesAnswer(): boolean {
    return this.connection !== undefined && this.unansweredKeys().size > 0;
  }

  /** Whether nobody speaks and no answer is awaited or heard. */
  settled(): boolean {
    return !this.listening.speaking && !this.answers.awaited && !this.answers.busy;
  }

  /** What somebody wants of the Live session. */
  obey(command: LiveCommand): void {
    switch (command.type) {
      case 'interrupt':
        // Whatever the service makes of it is dropped until somebody speaks or types again.
        if (this.answers.silence()) this.hush();
        break;
      case 'floor':
        this.listening.move(command.floor, { actor: command.by, source: command.source });
        break;
      case 'ask':
        this.requests.ask(command.by);
        break;
      case 'status':
        return;
    }
    this.tell();
  }

  /** A line of the conversation; what people type goes to Gemini. */
  read(event: Event): void {
    const { key, body } = event;
    const text = typedLine(event);
    const addressed =
      text !== undefined && body.type === 'chat' && isAddressed(this.settings.addressing, body);
    this.memory.logged(event, addressed && this.connection !== undefined);
    if (text === undefined) return;
    if (addressed) this.requests.text(text, key);
    else this.input.aside(text, key);
  }

  /** To be called a few times per second. */
  tick(): void {
    this.inputs.tick(this.parts.now());
    this.answers.tick();
    this.tell();
    this.parts.session().settle();
  }

  onLink(state: LinkState, reason: string | null): void {
    this.link.change(state, reason, this.parts.now());
    // What is said while Gemini is not there for long is between people.
    if (this.link.unavailable) {
      this.unanswered.forget();
      this.inputs.lost(new Set());
      this.answers.lost(false);
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
    this.inputs.lost(this.unansweredKeys(), this.unanswered.goesOn);
    this.answers.lost(again);
    this.memory.lost();
    this.input.lost();
    this.tell();
  }

  onServerEvent(event: ServerEvent): void {
    const { speaking } = this.answers;
    if (event.type === 'inputText') {
      this.inputs.text(event.text, this.parts.now());
      this.requests.recognised(event.text);
    } else this.answers.take(event);
    if (event.type === 'turnComplete' || event.type === 'interrupted') this.input.flush();
    // Of what people are told, more of the same voice changes nothing, and there is much of it.
    if (event.type !== 'audio' || this.answers.speaking !== speaking) this.tell();
  }

  /** Everything that is being said ends here and is written down. */
  close(): void {
    this.unanswered.forget();
    this.onLost(false);
    this.inputs.close();
  }

  private hush(): void {
    if (!this.listening.speaking) this.input.hush();
  }

  private startSpeech(actor: Actor): void {
    const { hears, marked } = this.input;
    const now = this.parts.now();
    // Where the service finds speech by itself, only it knows what is an interruption.
    const interrupts = marked && this.settings.voiceActivity.handling === 'interrupts';
    if (interrupts) this.answers.stop();
    this.answers.gate.speech(now);
    const { unavailable } = this.link;
    const key = this.inputs.start(actor, hears || unavailable, now);
    this.input.startSpeech(actor, interrupts, unavailable ? undefined : key, now);
    this.tell();
  }

  private endSpeech(speakers: readonly Actor[]): void {
    const { hears, marked } = this.input;
    const now = this.parts.now();
    this.inputs.end(now, speakers);
    // Where the service finds speech by itself, it may have found the end of it, and have answered, before us.
    const answered = !marked && this.answers.cameWithin(this.settings.voiceActivity.silenceMs);
    if (answered) this.inputs.settleSoon(now);
    else if (hears) this.expectAnswer();
    this.input.endSpeech(speakers, answered, now);
    this.tell();
  }

  private expectAnswer(): void {
    this.answers.expect();
    this.tell();
  }

  private unansweredKeys(): Set<string> {
    return this.unanswered.keys(this.parts.now());
  }

  private tell(): void {
    this.parts.signals.status(this.status());
  }
}
