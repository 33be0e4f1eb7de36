import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { newId } from '@studio/contracts';
import { startNats, type TestServer } from '@studio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEventLog } from '../event-log.contract.ts';
import { KeyedAppender } from '../keyed-appender.ts';
import { openJetStreamEventLog } from './open-jetstream-event-log.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describeEventLog(
  'JetStream',
  async () => {
    const server = await startNats();
    const stream = `TEST_${newId()}`;
    const open = () => openJetStreamEventLog({ servers: server.url, stream });
    const connection = await connect({ servers: server.url });
    const { streams } = await jetstreamManager(connection);
    return {
      open,
      openBeside: open,
      leftOf: async (log) => {
        const { state } = await streams.info(stream, { subjects_filter: `log.${stream}.${log}` });
        return Object.keys(state.subjects ?? {});
      },
      remove: async () => {
        await streams.delete(stream);
        await connection.close();
        await server.stop();
      },
    };
  },
  { modelRuns: 40 },
);

describe('JetStream event log and its broker', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startNats({ own: true });
  });
  afterAll(() => server.stop());

  it('has every acknowledged entry after the broker was restarted, and goes on', async () => {
    const log = await openJetStreamEventLog({ servers: server.url });
    const appender = new KeyedAppender(log, { deadlineMs: 15_000 });
    const room = newId();
    for (const n of range(1, 20)) await appender.append(room, `key-${n}`, () => encode(`entry ${n}`));
    const during: Promise<{ seq: number }>[] = [];
    await server.restart(async () => {
      // Wait until the loss of the connection is known, so that appends meet the outage.
      await expect
        .poll(
          () =>
            log.head(room).then(
              () => 'there',
              () => 'away',
            ),
          { timeout: 10_000 },
        )
        .toBe('away');
      for (const n of range(21, 40))
        during.push(appender.append(room, `key-${n}`, () => encode(`entry ${n}`)));
    });
    expect((await Promise.all(during)).map(({ seq }) => seq)).toEqual(range(21, 40));
    const entries = await log.read(room, 0, 100);
    expect(entries.map(({ key }) => key)).toEqual(range(1, 40).map((n) => `key-${n}`));
    await log.close();
  });

  it('says that the outcome is not known when the broker does not answer, and the entry is there once in the end', async () => {
    const log = await openJetStreamEventLog({ servers: server.url, timeoutMs: 300 });
    const appender = new KeyedAppender(log, { deadlineMs: 15_000 });
    const room = newId();
    await appender.append(room, 'key-1', () => encode('one'));
    await server.pause();
    const lost = log.append(room, 1, 'key-2', encode('two'));
    await expect(lost).rejects.toMatchObject({ name: 'LogUnavailableError' });
    const again = appender.append(room, 'key-2', () => encode('two'));
    await server.resume();
    expect((await again).seq).toBe(2);
    expect((await log.read(room, 0, 10)).map(({ key }) => key)).toEqual(['key-1', 'key-2']);
    await log.close();
  });

  it('gives up in time when there is no broker', async () => {
    const opened = openJetStreamEventLog({ servers: 'nats://127.0.0.1:1', openMs: 200 });
    await expect(opened).rejects.toMatchObject({ name: 'LogUnavailableError' });
  });

  it('takes a connection that is there, and leaves it open', async () => {
    const connection = await connect({ servers: server.url });
    const log = await openJetStreamEventLog({ connection });
    await log.append(newId(), 0, 'key', encode('x'));
    await log.close();
    expect(connection.isClosed()).toBe(false);
    await connection.close();
  });

  it('refuses a stream that would drop entries', async () => {
    const connection = await connect({ servers: server.url });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'SMALL', subjects: ['log.SMALL.*'], max_msgs: 10, allow_direct: true });
    await expect(openJetStreamEventLog({ servers: server.url, stream: 'SMALL' })).rejects.toThrow(
      'the stream SMALL cannot keep event logs: it drops old messages when it is full',
    );
    await connection.close();
  });

  it('is created once by several processes that start together', async () => {
    const stream = `TEST_${newId()}`;
    const logs = await Promise.all(
      range(1, 5).map(() => openJetStreamEventLog({ servers: server.url, stream })),
    );
    const room = newId();
    await logs[0]?.append(room, 0, 'key', encode('x'));
    expect(await Promise.all(logs.map((log) => log.head(room)))).toEqual([1, 1, 1, 1, 1]);
    await Promise.all(logs.map((log) => log.close()));
  });
});
