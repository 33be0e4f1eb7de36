import { expect, it } from 'vitest';
import type { Line } from '../archive/segment-lines.ts';
import { eventWindow, fitPage } from './event-window.ts';

const ALL = { first: 1, head: 100 };
const line = (seq: number, bytes: number): Line => ({ seq, data: new Uint8Array(bytes) });
const seqs = (lines: readonly Line[]) => lines.map(({ seq }) => seq);

it('begins right after the event named', () => {
  expect(eventWindow({ after: 5, limit: 3 }, ALL)).toEqual({ after: 5, limit: 3, keep: 'first' });
});

it('ends right before the event named', () => {
  expect(eventWindow({ before: 50, limit: 10 }, ALL)).toEqual({ after: 39, limit: 10, keep: 'last' });
});

it('has fewer events at the beginning of the conversation', () => {
  expect(eventWindow({ before: 4, limit: 10 }, ALL)).toEqual({ after: 0, limit: 3, keep: 'last' });
  expect(eventWindow({ before: 1, limit: 10 }, ALL)).toEqual({ after: 0, limit: 0, keep: 'last' });
});

it('takes the newest events without a bound, or with one beyond the end', () => {
  expect(eventWindow({ limit: 10 }, ALL)).toEqual({ after: 90, limit: 10, keep: 'last' });
  expect(eventWindow({ before: 1_000, limit: 10 }, ALL)).toEqual({ after: 90, limit: 10, keep: 'last' });
});

it('begins with the oldest event that is kept', () => {
  const kept = { first: 41, head: 100 };
  expect(eventWindow({ after: 7, limit: 3 }, kept)).toEqual({ after: 40, limit: 3, keep: 'first' });
  expect(eventWindow({ before: 44, limit: 10 }, kept)).toEqual({ after: 40, limit: 3, keep: 'last' });
  expect(eventWindow({ before: 20, limit: 10 }, kept)).toMatchObject({ limit: 0 });
  expect(eventWindow({ limit: 1_000 }, kept)).toEqual({ after: 40, limit: 60, keep: 'last' });
});

it('refuses two bounds', () => {
  expect(() => eventWindow({ after: 1, before: 9, limit: 5 }, ALL)).toThrow('not for both');
});

it('keeps everything that fits into a page', () => {
  const lines = [line(1, 1_000), line(2, 1_000)];
  expect(fitPage(lines, 'first')).toEqual(lines);
  expect(fitPage(lines, 'last')).toEqual(lines);
  expect(fitPage([], 'last')).toEqual([]);
});

it('cuts a page that is too large for a message at the end from which the reader does not go on', () => {
  const lines = [1, 2, 3, 4].map((seq) => line(seq, 200 * 1024));
  expect(seqs(fitPage(lines, 'first'))).toEqual([1, 2]);
  expect(seqs(fitPage(lines, 'last'))).toEqual([3, 4]);
});

it('always holds one event, so that a reader gets on', () => {
  const lines = [line(1, 700 * 1024), line(2, 700 * 1024)];
  expect(seqs(fitPage(lines, 'first'))).toEqual([1]);
  expect(seqs(fitPage(lines, 'last'))).toEqual([2]);
});
