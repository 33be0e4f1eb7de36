import {
  LiveAnswer,
  MediaCodec,
  MediaKind,
  SUBJECT,
  Signal,
  decodeMediaHeader,
  encodeMediaFrame,
  mediaPayload,
  newId,
} from '@studio/contracts';
import type { Actor, LiveCommand, LiveStatus, MediaHeader } from '@studio/contracts';
import { InProcessBus, decodeJson, encodeJson } from '@studio/bus';
import { InProcessLeases, InProcessPresence } from '@studio/presence';
import { expect } from 'vitest';
import { ScriptedRoom } from './scripted-room.ts';
import { frames } from './synthetic-speech.ts';
import { until } from './until.ts';

export interface Person {
  actor: Actor;
  source: number;
  connectionId: string;
}

export interface VoiceFrame extends MediaHeader {
  bytes: number;
  at: number;
}

/** A room with people, on engines in this process, with everything that Gemini lets them hear and read. */
export class Meeting {
  readonly voice: VoiceFrame[] = [];
  readonly signals: Signal[] = [];
  readonly bus: InProcessBus;
  readonly presence = new InProcessPresence();
  readonly leases = new InProcessLeases();
  readonly room: ScriptedRoom;
  private sequence = 0;

  private constructor(bus: InProcessBus, room: ScriptedRoom) {
    this.bus = bus;
    this.room = room;
  }

  static async start(): Promise<Meeting> {
    const bus = new InProcessBus();
    const meeting = new Meeting(bus, await ScriptedRoom.start(bus));
    const { roomId } = meeting.room;
    await bus.subscribe(SUBJECT.signal(roomId), ({ data }) => {
      meeting.signals.push(Signal.parse(decodeJson(data)));
    });
    await bus.subscribe(SUBJECT.media(roomId, MediaKind.voice), ({ data }) => {
      const header = decodeMediaHeader(data);
      if (header === undefined) throw new Error('not a media frame');
      meeting.voice.push({ ...header, bytes: mediaPayload(data).byteLength, at: performance.now() });
    });
    return meeting;
  }

  async enter(name: string): Promise<Person> {
    const { roomId } = this.room;
    const actor: Actor = { id: newId(), name, kind: 'person' };
    const connectionId = newId();
    const details = { name, role: 'member', media: { microphone: true, camera: false, screen: false } };
    const { source } = await this.presence.join(
      { roomId, connectionId, participantId: actor.id, details },
      60_000,
    );
    this.bus.publish(SUBJECT.wake, encodeJson(roomId));
    await this.tellPeople(actor);
    return { actor, source, connectionId };
  }

  async leave(person: Person): Promise<void> {
    await this.presence.leave(this.room.roomId, person.connectionId);
    await this.tellPeople(person.actor);
  }

  async mute(person: Person): Promise<void> {
    const details = {
      name: person.actor.name,
      role: 'member',
      media: { microphone: false, camera: false, screen: false },
    };
    await this.presence.update(this.room.roomId, person.connectionId, { details: () => details });
    await this.tellPeople(person.actor);
  }

  /** Sends PCM of 16 kHz as the microphone's frames, all at once: nothing in the session takes the time from their arrival. */
  say(person: Person, pcm: Uint8Array): void {
    for (const frame of frames(pcm)) this.send(person, MediaKind.microphone, MediaCodec.pcm16k, frame);
  }

  show(person: Person, kind: typeof MediaKind.camera | typeof MediaKind.screen, jpeg: Uint8Array): void {
    this.send(person, kind, MediaCodec.jpeg, jpeg);
  }

  async command(command: LiveCommand): Promise<LiveStatus> {
    const answer = await this.bus.request(SUBJECT.live(this.room.roomId), encodeJson(command));
    return LiveAnswer.parse(decodeJson(answer.data));
  }

  /** What the owner of the Live session has left for the next one. */
  async note(): Promise<unknown> {
    const text = await this.leases.recall(`live:${this.room.roomId}`);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  /** Resolves when Gemini is there and does nothing. */
  listening(): Promise<void> {
    return until(() => expect(this.status()?.state).toBe('listening'));
  }

  /** What people were told about the Live session, in the conversation. */
  notices(): string[] {
    return this.room.events.flatMap(({ body }) => (body.type === 'gemini.notice' ? body.text : []));
  }

  /** The states that were told, in order. */
  states(): string[] {
    return this.signals.flatMap((signal) => (signal.type === 'live' ? signal.status.state : []));
  }

  status(): LiveStatus | undefined {
    return this.signals.flatMap((signal) => (signal.type === 'live' ? signal.status : [])).at(-1);
  }

  private send(person: Person, kind: MediaKind, codec: number, payload: Uint8Array): void {
    const header = { kind, codec, flags: 0, source: person.source, sequence: this.sequence++, timestamp: 0 };
    this.bus.publish(SUBJECT.media(this.room.roomId, kind), encodeMediaFrame(header, payload));
  }

  private async tellPeople(actor: Actor): Promise<void> {
    const own = (await this.presence.list(this.room.roomId)).filter((one) => one.participantId === actor.id);
    const signal: Signal =
      own.length === 0
        ? { type: 'participant.gone', participantId: actor.id }
        : {
            type: 'participant',
            participant: {
              ...actor,
              role: 'member',
              state: 'present',
              media: { microphone: true, camera: false, screen: false },
              sources: own.map(({ source }) => source),
            },
          };
    this.bus.publish(SUBJECT.signal(this.room.roomId), encodeJson(signal));
  }
}
