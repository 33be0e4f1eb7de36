import { DEFAULT_LIVE_SETTINGS, NO_USAGE, RPC, StudioError, SUBJECT, newId } from '@studio/contracts';
import type {
  Actor,
  Event,
  LiveSettings,
  LiveUsage,
  RoomId,
  RpcMethod,
  RpcRequest,
  RpcResponse,
} from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import type { BusMessage, MessageBus } from '@studio/bus';

type Append = RpcRequest<'room.append'>;

/** What a room service says to one append, before it does it: an error to throw, or nothing. */
export type AppendScript = (request: Append, attempt: number) => StudioError | undefined;

/** As much of a room service as a Live session talks to: one conversation in memory, on the bus. */
export class ScriptedRoom {
  readonly roomId: RoomId = newId();
  readonly events: Event[] = [];
  /** Every request to append, refused and repeated ones too. */
  readonly appends: Append[] = [];
  onAppend: AppendScript = () => undefined;
  /** What Gemini has used, as it was written last. */
  usage: LiveUsage = NO_USAGE;
  usageWrites = 0;
  private live: RpcResponse<'room.live'> = {
    settings: DEFAULT_LIVE_SETTINGS,
    version: '1',
    defaults: DEFAULT_LIVE_SETTINGS,
  };
  private readonly bus: MessageBus;

  private constructor(bus: MessageBus) {
    this.bus = bus;
  }

  static async start(bus: MessageBus, name = 'Planning'): Promise<ScriptedRoom> {
    const room = new ScriptedRoom(bus);
    await room.serve('room.append', (request) => room.append(RPC['room.append'].request.parse(request)));
    await room.serve('room.events', (request) => room.read(RPC['room.events'].request.parse(request)));
    await room.serve('room.live', () => room.live);
    await room.serve('room.usage', () => room.usage);
    await room.serve('room.setUsage', (request) => {
      room.usage = RPC['room.setUsage'].request.parse(request).usage;
      room.usageWrites++;
      return {};
    });
    room.add({ id: newId(), name: 'Ana', kind: 'person' }, { type: 'room.created', name });
    return room;
  }

  /** Somebody types; `lost`: the bus loses the event; `at`: when; `ask`: it is for Gemini in any case. */
  chat(actor: Actor, text: string, { lost = false, at = Date.now(), ask = false } = {}): Event {
    return this.add(actor, { type: 'chat', text, ...(ask && { ask }) }, newId(), lost, at);
  }

  /** Somebody changes how Gemini takes part. */
  setLive(actor: Actor, changes: Partial<LiveSettings>): void {
    const settings = { ...this.live.settings, ...changes };
    this.live = { ...this.live, settings, version: `${Number(this.live.version) + 1}` };
    this.add(actor, { type: 'live.settings', changes: Object.keys(changes) });
  }

  /** The text of what was spoken, of Gemini and people, with the name. */
  speeches(): string[] {
    return this.events.flatMap(({ actor, body }) =>
      body.type === 'speech' ? `${actor.name}: ${body.text}` : [],
    );
  }

  private add(actor: Actor, body: Event['body'], key = newId(), lost = false, at = Date.now()): Event {
    const event: Event = { seq: this.events.length + 1, at, key, actor, body };
    this.events.push(event);
    if (!lost) this.bus.publish(SUBJECT.event(this.roomId), encodeJson(event));
    return event;
  }

  private append(request: Append): { seq: number; duplicate: boolean } {
    this.appends.push(request);
    const attempt = this.appends.filter(({ key }) => key === request.key).length;
    const error = this.onAppend(request, attempt);
    if (error !== undefined) throw error;
    const before = this.events.find(({ key }) => key === request.key);
    const event = before ?? this.add(request.actor, request.body, request.key);
    return { seq: event.seq, duplicate: before !== undefined };
  }

  private read({ after, before, limit }: RpcRequest<'room.events'>): { events: Event[]; head: number } {
    const head = this.events.length;
    const events =
      after === undefined
        ? this.events.slice(0, (before ?? head + 1) - 1).slice(-limit)
        : this.events.slice(after, after + limit);
    return { events, head };
  }

  private async serve(method: RpcMethod, answer: (request: unknown) => unknown): Promise<void> {
    await this.bus.subscribe(SUBJECT.rpc(method), (message: BusMessage) => {
      try {
        message.respond(encodeJson({ ok: answer(decodeJson(message.data)) }));
      } catch (error) {
        message.respond(encodeJson({ error: StudioError.from(error).toBody() }));
      }
    });
  }
}
