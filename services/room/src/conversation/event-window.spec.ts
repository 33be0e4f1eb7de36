import type { LogEntry } from '@studio/event-log';
import { expect, it } from 'vitest';
import { eventWindow, fitPage } from './event-window.ts';

const entry = (seq: number, bytes: number): LogEntry => ({
  seq,
  key: `key-${seq}`,
  data: new Uint8Array(bytes),
});
const seqs = (entries: readonly LogEntry[]) => entries.map(({ seq }) => seq);

it('begins right after the event named', () => {
  expect(eventWindow({ after: 5, limit: 3 }, 100)).toEqual({ after: 5, limit: 3, keep: 'first' });
});

it('ends right before the event named', () => {
  expect(eventWindow({ before: 50, limit: 10 }, 100)).toEqual({ after: 39, limit: 10, keep: 'last' });
});

it('has fewer events at the beginning of the conversation', () => {
  expect(eventWindow({ before: 4, limit: 10 }, 100)).toEqual({ after: 0, limit: 3, keep: 'last' });
  expect(eventWindow({ before: 1, limit: 10 }, 100)).toEqual({ after: 0, limit: 0, keep: 'last' });
});

it('takes the newest events without a bound, or with one beyond the end', () => {
  expect(eventWindow({ limit: 10 }, 100)).toEqual({ after: 90, limit: 10, keep: 'last' });
  expect(eventWindow({ before: 1_000, limit: 10 }, 100)).toEqual({ after: 90, limit: 10, keep: 'last' });
});

it('refuses two bounds', () => {
  expect(() => eventWindow({ after: 1, before: 9, limit: 5 }, 100)).toThrow('not for both');
});

it('keeps everything that fits into a page', () => {
  const entries = [entry(1, 1_000), entry(2, 1_000)];
  expect(fitPage(entries, 'first')).toEqual(entries);
  expect(fitPage(entries, 'last')).toEqual(entries);
  expect(fitPage([], 'last')).toEqual([]);
});

it('cuts a page that is too large for a message at the end from which the reader does not go on', () => {
  const entries = [1, 2, 3, 4].map((seq) => entry(seq, 200 * 1024));
  expect(seqs(fitPage(entries, 'first'))).toEqual([1, 2]);
  expect(seqs(fitPage(entries, 'last'))).toEqual([3, 4]);
});

it('always holds one event, so that a reader gets on', () => {
  const entries = [entry(1, 700 * 1024), entry(2, 700 * 1024)];
  expect(seqs(fitPage(entries, 'first'))).toEqual([1]);
  expect(seqs(fitPage(entries, 'last'))).toEqual([2]);
});
