import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BusTimeoutError,
  MAX_MESSAGE_BYTES,
  MessageTooLargeError,
  NoResponderError,
  type BusMessage,
  type MessageBus,
} from './message-bus.ts';

/** Makes two ends of one bus; errors of both are collected in `errors`. For a bus inside a process both are the same. */
export type ConnectTwo = (
  onError: (error: unknown, subject: string) => void,
) => Promise<[MessageBus, MessageBus]>;

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (message: BusMessage) => new TextDecoder().decode(message.data);

/** A fresh first token, so that tests on a shared broker do not hear each other. */
const subjectOf = (name: string) => `${name}-${crypto.randomUUID()}`;

/** What a {@link MessageBus} promises, whatever the engine. */
export function describeMessageBus(engine: string, connectTwo: ConnectTwo): void {
  describe(`the message bus, ${engine}`, () => {
    let one: MessageBus;
    let two: MessageBus;
    let errors: { error: unknown; subject: string }[];

    beforeEach(async () => {
      errors = [];
      [one, two] = await connectTwo((error, subject) => errors.push({ error, subject }));
    });
    afterEach(async () => {
      await Promise.all([one.close(), two.close()]);
    });

    /** Resolves when everything that `bus` published until now has reached the other end's handlers. */
    async function settled(bus: MessageBus, at: MessageBus): Promise<void> {
      const subject = subjectOf('settled');
      const arrived = Promise.withResolvers<undefined>();
      const subscription = await at.subscribe(subject, () => arrived.resolve(undefined));
      bus.publish(subject, new Uint8Array());
      await arrived.promise;
      await subscription.close();
    }

    it('brings a message to every subscriber of its subject, and to nobody else', async () => {
      const subject = subjectOf('news');
      const seen: string[] = [];
      await one.subscribe(subject, (message) => void seen.push(`one ${text(message)}`));
      await two.subscribe(subject, (message) => void seen.push(`two ${text(message)}`));
      await two.subscribe(`${subject}.more`, () => void seen.push('wrong'));
      one.publish(subject, bytes('hello'));
      await settled(one, one);
      await settled(one, two);
      expect(seen.sort()).toEqual(['one hello', 'two hello']);
      expect(errors).toEqual([]);
    });

    it('does not run handlers before publish has returned', async () => {
      const subject = subjectOf('async');
      let handled = false;
      await one.subscribe(subject, () => void (handled = true));
      one.publish(subject, bytes('x'));
      expect(handled).toBe(false);
      await settled(one, one);
      expect(handled).toBe(true);
    });

    it('takes * for exactly one token', async () => {
      const room = subjectOf('media');
      const seen: string[] = [];
      await two.subscribe(`${room}.*`, (message) => void seen.push(message.subject));
      await two.subscribe(`*.${room}.*.end`, (message) => void seen.push(message.subject));
      const published = [room, `${room}.voice`, `${room}.voice.low`, `a.${room}.b.end`, `a.${room}.end`];
      for (const subject of published) one.publish(subject, bytes('x'));
      await settled(one, two);
      expect(seen).toEqual([`${room}.voice`, `a.${room}.b.end`]);
    });

    it('refuses to subscribe to what is not a subject', async () => {
      for (const subject of ['', 'a..b', 'a b', 'a.>', 'a*.b'])
        await expect(one.subscribe(subject, () => undefined)).rejects.toThrow(TypeError);
    });

    it('keeps the order of a publisher over several subjects', async () => {
      const room = subjectOf('order');
      const seen: number[] = [];
      const handler = (message: BusMessage) => void seen.push(Number(text(message)));
      await two.subscribe(`${room}.a`, handler);
      await two.subscribe(`${room}.*`, () => undefined);
      await two.subscribe(`${room}.b`, handler);
      const expected = Array.from({ length: 5_000 }, (_, index) => index);
      for (const index of expected)
        one.publish(`${room}.${index % 3 === 0 ? 'a' : 'b'}`, bytes(String(index)));
      await settled(one, two);
      expect(seen).toEqual(expected);
    });

    it('carries any bytes, none, and headers', async () => {
      const subject = subjectOf('binary');
      const everyByte = Uint8Array.from({ length: 256 * 5 }, (_, index) => index % 256);
      const seen: [number[], object][] = [];
      await two.subscribe(subject, (message) => void seen.push([[...message.data], message.headers]));
      one.publish(subject, everyByte);
      one.publish(subject, everyByte.subarray(10, 14), { Trace: 'abc', Other: 'd e' });
      one.publish(subject, new Uint8Array());
      await settled(one, two);
      expect(seen).toEqual([
        [[...everyByte], {}],
        [[10, 11, 12, 13], { Trace: 'abc', Other: 'd e' }],
        [[], {}],
      ]);
    });

    it('gives each message to one member of a queue, and to each queue', async () => {
      const subject = subjectOf('work');
      const seen: Record<string, number[]> = { a1: [], a2: [], a3: [], b: [], all: [] };
      const into = (name: string) => (message: BusMessage) => void seen[name]?.push(Number(text(message)));
      await one.subscribe(subject, into('a1'), { queue: 'a' });
      await one.subscribe(subject, into('a2'), { queue: 'a' });
      await two.subscribe(subject, into('a3'), { queue: 'a' });
      await two.subscribe(subject, into('b'), { queue: 'b' });
      await two.subscribe(subject, into('all'));
      const expected = Array.from({ length: 300 }, (_, index) => index);
      for (const index of expected) one.publish(subject, bytes(String(index)));
      await settled(one, one);
      await settled(one, two);
      expect(seen['all']).toEqual(expected);
      expect(seen['b']).toEqual(expected);
      const shares = ['a1', 'a2', 'a3'].map((name) => seen[name] ?? []);
      expect(shares.flat().sort((x, y) => x - y)).toEqual(expected);
      for (const share of shares) expect(share.length).toBeGreaterThan(30);
    });

    it('answers a request, with headers both ways', async () => {
      const subject = subjectOf('echo');
      await two.subscribe(subject, (message) => {
        message.respond(bytes(`${text(message)}!`), { Saw: message.headers['Mark'] ?? '' });
      });
      const answer = await one.request(subject, bytes('hello'), { headers: { Mark: 'm1' } });
      expect(text(answer)).toBe('hello!');
      expect(answer.headers).toEqual({ Saw: 'm1' });
    });

    it('keeps many requests apart, answered late and out of order', async () => {
      const subject = subjectOf('many');
      const open: BusMessage[] = [];
      await two.subscribe(subject, (message) => {
        open.push(message);
        if (open.length === 50) for (const each of open.reverse()) each.respond(each.data.slice());
      });
      const asked = Array.from({ length: 50 }, (_, index) => String(index));
      const answers = await Promise.all(asked.map((each) => one.request(subject, bytes(each))));
      expect(answers.map(text)).toEqual(asked);
    });

    it('shows what a responder published before its answer before the answer', async () => {
      const subject = subjectOf('causal');
      const seen: string[] = [];
      await one.subscribe(`${subject}.event`, () => void seen.push('event'));
      await two.subscribe(subject, (message) => {
        two.publish(`${subject}.event`, bytes('x'));
        message.respond(bytes('done'));
      });
      await one.request(subject, bytes('go'));
      seen.push('answer');
      expect(seen).toEqual(['event', 'answer']);
    });

    it('tells within milliseconds that nobody answers', async () => {
      const start = performance.now();
      await expect(one.request(subjectOf('nobody'), bytes('x'))).rejects.toThrow(NoResponderError);
      expect(performance.now() - start).toBeLessThan(500);
    });

    it('gives up a request at its deadline', async () => {
      const subject = subjectOf('silent');
      await two.subscribe(subject, () => undefined);
      const start = performance.now();
      await expect(one.request(subject, bytes('x'), { timeoutMs: 100 })).rejects.toThrow(BusTimeoutError);
      expect(performance.now() - start).toBeGreaterThan(90);
      expect(performance.now() - start).toBeLessThan(1_000);
    });

    it('ignores an answer to what was not a request', async () => {
      const subject = subjectOf('plain');
      await two.subscribe(subject, (message) => message.respond(bytes('to nobody')));
      one.publish(subject, bytes('x'));
      await settled(one, two);
      expect(errors).toEqual([]);
    });

    it('goes on after a handler that throws and one that rejects, and reports both', async () => {
      const subject = subjectOf('fragile');
      const seen: string[] = [];
      await two.subscribe(subject, (message) => {
        seen.push(text(message));
        if (text(message) === 'throw') throw new Error('thrown');
        if (text(message) === 'reject') return Promise.reject(new Error('rejected'));
        return undefined;
      });
      for (const each of ['throw', 'reject', 'good']) one.publish(subject, bytes(each));
      await settled(one, two);
      expect(seen).toEqual(['throw', 'reject', 'good']);
      expect(errors.map(({ error }) => String(error))).toEqual(['Error: thrown', 'Error: rejected']);
      expect(errors.map((each) => each.subject)).toEqual([subject, subject]);
    });

    it('refuses and reports messages that are too large, and carries the largest', async () => {
      const subject = subjectOf('large');
      const sizes: number[] = [];
      await two.subscribe(subject, (message) => {
        sizes.push(message.data.byteLength);
        expect(() => message.respond(new Uint8Array(MAX_MESSAGE_BYTES + 1))).toThrow(MessageTooLargeError);
        message.respond(new Uint8Array(MAX_MESSAGE_BYTES));
      });
      const tooLarge = new Uint8Array(MAX_MESSAGE_BYTES + 1);
      await expect(one.request(subject, tooLarge)).rejects.toThrow(MessageTooLargeError);
      one.publish(subject, tooLarge);
      expect(errors.map(({ error }) => error)).toEqual([expect.any(MessageTooLargeError)]);
      const answer = await one.request(subject, new Uint8Array(MAX_MESSAGE_BYTES));
      expect(answer.data.byteLength).toBe(MAX_MESSAGE_BYTES);
      expect(sizes).toEqual([MAX_MESSAGE_BYTES]);
    });

    it('stops with a closed subscription, once its handlers have finished', async () => {
      const subject = subjectOf('closing');
      const release = Promise.withResolvers<undefined>();
      const started = Promise.withResolvers<undefined>();
      const log: string[] = [];
      const subscription = await two.subscribe(subject, async () => {
        log.push('started');
        started.resolve(undefined);
        await release.promise;
        log.push('finished');
      });
      one.publish(subject, bytes('x'));
      await started.promise;
      const closing = subscription.close().then(() => log.push('closed'));
      await settled(one, two);
      expect(log).toEqual(['started']);
      release.resolve(undefined);
      await closing;
      one.publish(subject, bytes('y'));
      await settled(one, two);
      expect(log).toEqual(['started', 'finished', 'closed']);
      await subscription.close();
      await expect(one.request(subject, bytes('z'))).rejects.toThrow(NoResponderError);
    });

    it('lets handlers finish, requests of their own included, when it is closed', async () => {
      const subject = subjectOf('draining');
      const started = Promise.withResolvers<undefined>();
      const release = Promise.withResolvers<undefined>();
      await one.subscribe(`${subject}.inner`, (message) => message.respond(bytes('inner')));
      await two.subscribe(subject, async (message) => {
        started.resolve(undefined);
        await release.promise;
        // The other end may be the same bus, whose subscriptions have ended by now.
        const inner = one === two ? 'inner' : text(await two.request(`${subject}.inner`, bytes('?')));
        message.respond(bytes(`answered with ${inner}`));
      });
      const answer = one.request(subject, bytes('x'));
      await started.promise;
      const closing = two.close();
      release.resolve(undefined);
      await closing;
      expect(text(await answer)).toBe('answered with inner');
      expect(two.connected()).toBe(false);
    });

    it('refuses work after it was closed, and closes twice', async () => {
      expect(one.connected()).toBe(true);
      await one.close();
      await one.close();
      expect(one.connected()).toBe(false);
      expect(() => one.publish('late', bytes('x'))).not.toThrow();
      await expect(one.request('late', bytes('x'), { timeoutMs: 200 })).rejects.toThrow(BusTimeoutError);
      await expect(one.subscribe('late', () => undefined)).rejects.toThrow(BusTimeoutError);
    });
  });
}
