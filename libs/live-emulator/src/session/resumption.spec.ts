import { beforeEach, describe, expect, it } from 'vitest';
import { Resumption } from './resumption.ts';

const HOUR = 60 * 60 * 1000;
const MODEL = 'gemini-3.8-live';
const STATE = { context: [], closedCalls: ['fc-1'] };

let now: number;
let resumption: Resumption;
/** The connections that are open. */
let open: Set<string>;
const checks = new Map<string, () => boolean>();
/** The same function for the same connection, as a connection has it. */
function isOpen(name: string): () => boolean {
  const check = checks.get(name) ?? (() => open.has(name));
  checks.set(name, check);
  return check;
}

beforeEach(() => {
  now = 0;
  open = new Set(['first', 'second']);
  resumption = new Resumption({ now: () => now, after: () => () => undefined });
});

function begin() {
  return resumption.start(MODEL, isOpen('first'));
}

function resume(handle: string, model = MODEL) {
  return resumption.resume(handle, model, isOpen('second'));
}

describe('Resumption', () => {
  it('brings a state back for two hours after the end of its session and no longer', () => {
    const lineage = begin();
    const handle = lineage.issue(isOpen('first'), STATE);
    now = 5 * HOUR;
    lineage.end(isOpen('first'), now);
    now = 7 * HOUR;
    expect(resume(handle)).toEqual({ lineage, state: STATE });
    lineage.end(isOpen('second'), now);
    now = 9 * HOUR + 1;
    expect(() => resume(handle)).toThrow('BidiGenerateContent session not found');
  });

  it('takes an earlier handle of the last connection, and forgets what came after it', () => {
    const lineage = begin();
    const [first, second] = [lineage.issue(isOpen('first'), STATE), lineage.issue(isOpen('first'), STATE)];
    lineage.end(isOpen('first'), now);
    resume(first);
    lineage.end(isOpen('second'), now);
    expect(() => resume(second)).toThrow('session not found');
    expect(resume(first).lineage).toBe(lineage);
  });

  it('takes a handle again until the connection that it opened has given one of its own', () => {
    const lineage = begin();
    const first = lineage.issue(isOpen('first'), STATE);
    lineage.end(isOpen('first'), now);
    resume(first);
    const second = lineage.issue(isOpen('second'), STATE);
    lineage.end(isOpen('second'), now);
    expect(() => resume(first)).toThrow('session not found');
    expect(resume(second).lineage).toBe(lineage);
  });

  it('refuses as long as the connection before is open, and not when it closes only then', () => {
    const lineage = begin();
    const handle = lineage.issue(isOpen('first'), STATE);
    expect(() => resume(handle)).toThrow('still open');
    open.delete('first');
    resume(handle);
    expect(() => lineage.issue(isOpen('first'), STATE)).toThrow('on another connection');
    lineage.end(isOpen('first'), now);
    expect(lineage.isOpen).toBe(true);
    expect(resumption.openSessions).toBe(1);
  });

  it('refuses another model and a handle that was never given', () => {
    const lineage = begin();
    const handle = lineage.issue(isOpen('first'), STATE);
    lineage.end(isOpen('first'), now);
    expect(() => resume(handle, 'gemini-3.1-flash-live-preview')).toThrow('cannot change');
    expect(() => resume('never-given')).toThrow('session not found');
    expect(resume(handle).lineage).toBe(lineage);
  });
});
