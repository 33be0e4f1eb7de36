import {
  Event,
  LiveCommand,
  MediaCodec,
  MediaFlag,
  MediaKind,
  SUBJECT,
  decodeMediaHeader,
  mediaPayload,
} from '@studio/contracts';
import type { LiveStatus, RoomId } from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import type { BusMessage, MessageBus, Subscription } from '@studio/bus';

/** What the bus brings of a room, taken apart. */
export interface InboxSink {
  event(event: Event): void;
  /** PCM of 16 kHz; `last`: nothing follows for now. */
  sound(source: number, pcm: Uint8Array, last: boolean): void;
  picture(kind: MediaKind, source: number, jpeg: Uint8Array): void;
  /** Somebody has come, gone or changed. */
  people(): void;
  /** What somebody wants; answered with the status after it. */
  command(command: LiveCommand): LiveStatus;
}

const NO_AUDIO = new Uint8Array(0);

/** Everything of one room that its session needs to hear of, from the bus. */
export class RoomInbox {
  private readonly bus: MessageBus;
  private readonly roomId: RoomId;
  private readonly sink: InboxSink;
  private subscriptions: Subscription[] = [];

  constructor(bus: MessageBus, roomId: RoomId, sink: InboxSink) {
    this.bus = bus;
    this.roomId = roomId;
    this.sink = sink;
  }

  /** The conversation's events. @throws when the bus cannot be reached */
  async followEvents(): Promise<void> {
    await this.subscribe(SUBJECT.event(this.roomId), ({ data }) =>
      this.sink.event(Event.parse(decodeJson(data))),
    );
  }

  /** Sound, pictures, people and commands. @throws when the bus cannot be reached */
  async followPeople(): Promise<void> {
    const { roomId } = this;
    await this.subscribe(SUBJECT.media(roomId, MediaKind.microphone), ({ data }) => this.hear(data));
    await this.subscribe(SUBJECT.media(roomId, MediaKind.camera), ({ data }) => this.see(data));
    await this.subscribe(SUBJECT.media(roomId, MediaKind.screen), ({ data }) => this.see(data));
    await this.subscribe(SUBJECT.signal(roomId), ({ data }) => this.notice(data));
    await this.subscribe(SUBJECT.live(roomId), (message) => this.obey(message));
  }

  async close(): Promise<void> {
    const { subscriptions } = this;
    this.subscriptions = [];
    await Promise.all(subscriptions.map((subscription) => subscription.close()));
  }

  private hear(frame: Uint8Array): void {
    const header = decodeMediaHeader(frame);
    if (header === undefined) return;
    const { source, codec, flags } = header;
    const last = (flags & MediaFlag.end) !== 0;
    if (codec !== MediaCodec.pcm16k && !last) return;
    this.sink.sound(source, codec === MediaCodec.pcm16k ? mediaPayload(frame) : NO_AUDIO, last);
  }

  private see(frame: Uint8Array): void {
    const header = decodeMediaHeader(frame);
    if (header?.codec === MediaCodec.jpeg) this.sink.picture(header.kind, header.source, mediaPayload(frame));
  }

  private notice(data: Uint8Array): void {
    const signal = decodeJson(data) as { type?: unknown };
    if (signal.type === 'participant' || signal.type === 'participant.gone') this.sink.people();
  }

  private obey(message: BusMessage): void {
    message.respond(encodeJson(this.sink.command(LiveCommand.parse(decodeJson(message.data)))));
  }

  private async subscribe(subject: string, handler: (message: BusMessage) => void): Promise<void> {
    this.subscriptions.push(await this.bus.subscribe(subject, handler));
  }
}
