import { beforeEach, describe, expect, it } from 'vitest';
import { MediaCodec, MediaFlag, MediaKind, encodeMediaFrame } from '@studio/contracts';
import { OutboundQueue } from './outbound-queue.ts';
import type { Sink } from './outbound-queue.ts';

/** A sink that is full when the test says so, and remembers what was written. */
class TestSink implements Sink {
  full = false;
  bufferedAmount = 0;
  readonly written: Buffer[] = [];

  write(data: Buffer): void {
    this.written.push(data);
  }
}

const LIMIT = 1_000;
const STALE_MS = 200;

function frame(kind: MediaKind, options: { bytes?: number; source?: number; flags?: number } = {}): Buffer {
  const { bytes = 100, source = 1, flags = 0 } = options;
  const header = { kind, codec: MediaCodec.none, flags, source, sequence: 0, timestamp: 0 };
  return Buffer.from(encodeMediaFrame(header, new Uint8Array(bytes - 16)));
}

describe('OutboundQueue', () => {
  let sink: TestSink;
  let queue: OutboundQueue;
  let dropped: number;

  function event(bytes: number, now = 0): boolean {
    return queue.send(Buffer.alloc(bytes), false, now);
  }

  beforeEach(() => {
    sink = new TestSink();
    dropped = 0;
    queue = new OutboundQueue(
      sink,
      (frames) => {
        dropped += frames;
      },
      LIMIT,
      STALE_MS,
    );
  });

  it('writes the buffer itself at once while the sink keeps up', () => {
    const message = Buffer.from('{}');
    const picture = frame(MediaKind.camera);
    expect(queue.send(message, false, 0)).toBe(true);
    queue.sendMedia(picture, MediaKind.camera, 0);
    expect(sink.written[0]).toBe(message);
    expect(sink.written[1]).toBe(picture);
  });

  it('keeps everything in order while the sink is full, and writes it when there is room', () => {
    sink.full = true;
    const messages = [
      Buffer.from('1'),
      frame(MediaKind.microphone),
      Buffer.from('2'),
      frame(MediaKind.voice),
    ];
    queue.send(messages[0]!, false, 0);
    queue.sendMedia(messages[1]!, MediaKind.microphone, 1);
    queue.send(messages[2]!, false, 2);
    queue.sendMedia(messages[3]!, MediaKind.voice, 3);
    expect(sink.written).toEqual([]);
    sink.full = false;
    queue.drained(4);
    expect(sink.written).toEqual(messages);
  });

  it('does not let anything overtake what waits', () => {
    sink.full = true;
    event(1);
    sink.full = false;
    event(2);
    queue.drained(0);
    expect(sink.written.map((data) => data.byteLength)).toEqual([1, 2]);
  });

  it('stops writing when the sink is full again', () => {
    sink.full = true;
    event(1);
    event(2);
    sink.full = false;
    sink.write = (data) => {
      sink.written.push(data);
      sink.full = true;
    };
    queue.drained(0);
    expect(sink.written.map((data) => data.byteLength)).toEqual([1]);
    sink.full = false;
    queue.drained(0);
    expect(sink.written.map((data) => data.byteLength)).toEqual([1, 2]);
  });

  it.each([MediaKind.microphone, MediaKind.camera, MediaKind.screen])(
    'drops frames of kind %i that waited for longer than 200 ms',
    (kind) => {
      sink.full = true;
      queue.sendMedia(frame(kind, { source: 1 }), kind, 0);
      queue.sendMedia(frame(kind, { source: 2 }), kind, 100);
      sink.full = false;
      queue.drained(250);
      expect(sink.written).toEqual([frame(kind, { source: 2 })]);
      expect(dropped).toBe(1);
    },
  );

  it('does not drop the voice of Gemini for its age', () => {
    sink.full = true;
    queue.sendMedia(frame(MediaKind.voice), MediaKind.voice, 0);
    sink.full = false;
    queue.drained(60_000);
    expect(sink.written).toHaveLength(1);
  });

  it('drops fresh media of people, then voice, but never an event, to make room for an event', () => {
    sink.full = true;
    expect(event(300)).toBe(true);
    queue.sendMedia(frame(MediaKind.voice, { bytes: 300 }), MediaKind.voice, 0);
    queue.sendMedia(frame(MediaKind.camera, { bytes: 300 }), MediaKind.camera, 0);
    // Without the camera there is room for this, so that the voice stays.
    expect(event(400, 1)).toBe(true);
    expect(dropped).toBe(1);
    expect(event(300, 2)).toBe(true);
    expect(dropped).toBe(2);
    sink.full = false;
    queue.drained(3);
    expect(sink.written.map((data) => data.byteLength)).toEqual([300, 400, 300]);
  });

  it('drops the oldest media first and no more than is needed', () => {
    sink.full = true;
    for (const source of [1, 2, 3])
      queue.sendMedia(frame(MediaKind.voice, { bytes: 300, source }), MediaKind.voice, source);
    event(200, 4);
    sink.full = false;
    queue.drained(5);
    expect(sink.written).toHaveLength(3);
    expect(sink.written[0]).toEqual(frame(MediaKind.voice, { bytes: 300, source: 2 }));
  });

  it('has no room for an event when more than the limit waits that cannot be dropped', () => {
    sink.full = true;
    expect(event(600)).toBe(true);
    expect(event(400)).toBe(true);
    expect(event(1)).toBe(false);
  });

  it('counts what the socket has taken and not sent', () => {
    sink.full = true;
    sink.bufferedAmount = 900;
    expect(event(100)).toBe(true);
    expect(event(1)).toBe(false);
  });

  it('drops a frame that finds no room, and stays open', () => {
    sink.full = true;
    event(950);
    queue.sendMedia(frame(MediaKind.microphone), MediaKind.microphone, 0);
    expect(dropped).toBe(1);
    sink.full = false;
    queue.drained(0);
    expect(sink.written).toHaveLength(1);
  });

  it('drops the waiting voice of a source when that source flushes, and sends the flush', () => {
    sink.full = true;
    const other = frame(MediaKind.voice, { source: 9 });
    const flush = frame(MediaKind.voice, { bytes: 16, source: 0, flags: MediaFlag.flush });
    for (let count = 0; count < 3; count++)
      queue.sendMedia(frame(MediaKind.voice, { source: 0 }), MediaKind.voice, 0);
    queue.sendMedia(other, MediaKind.voice, 0);
    event(5);
    queue.sendMedia(flush, MediaKind.voice, 0);
    sink.full = false;
    queue.drained(0);
    expect(sink.written).toEqual([other, Buffer.alloc(5), flush]);
  });

  it('tells when nothing waits: at once, or when the last message has been written', () => {
    const told: number[] = [];
    const tell = (): void => void told.push(sink.written.length);
    queue.whenEmpty(tell);
    expect(told).toEqual([0]);
    sink.full = true;
    event(10);
    event(10);
    queue.whenEmpty(tell);
    queue.drained(0);
    expect(told).toEqual([0]);
    sink.full = false;
    queue.drained(0);
    expect(told).toEqual([0, 2]);
  });
});
