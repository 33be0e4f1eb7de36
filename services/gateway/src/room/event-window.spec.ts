import { describe, expect, it } from 'vitest';
import { eventWindow } from './event-window.ts';

describe('eventWindow', () => {
  it.each([
    ['goes on after what the client has', 40, 50, { since: 40, recovered: true }],
    ['goes on when nothing was missed', 50, 50, { since: 50, recovered: true }],
    ['sends up to a thousand missed events', 500, 1_500, { since: 500, recovered: true }],
    ['begins anew when more were missed', 499, 1_500, { since: 1_400, recovered: false }],
    ['begins anew when the room has less than the client', 60, 50, { since: 0, recovered: false }],
    ['sends the last page to a client that has nothing', null, 1_500, { since: 1_400, recovered: false }],
    ['sends everything when that is less than a page', null, 7, { since: 0, recovered: false }],
  ])('%s', (_, since, head, expected) => {
    expect(eventWindow(since, { first: 1, head })).toEqual(expected);
  });

  it.each([
    ['begins with the oldest event that is kept', null, { since: 6, recovered: false }],
    ['begins anew when something that was missed is not kept', 5, { since: 6, recovered: false }],
    ['goes on when everything that was missed is kept', 6, { since: 6, recovered: true }],
  ])('%s', (_, since, expected) => {
    expect(eventWindow(since, { first: 7, head: 50 })).toEqual(expected);
  });
});
