import { describe, expect, it } from 'vitest';
import { UnansweredInput } from './unanswered-input.ts';
import type { InputSender } from './unanswered-input.ts';

const MARKED = { sent: true, marked: true };

function recorder(findsSpeech = false) {
  const sent: string[] = [];
  const sender: InputSender = {
    findsSpeech,
    sendText: (text, { answer }) => sent.push(`${answer ? 'ask' : 'tell'} ${text}`),
    sendActivityStart: () => sent.push('start'),
    sendAudio: (pcm) => sent.push(`audio ${pcm.byteLength}`),
    sendActivityEnd: () => sent.push('end'),
    sendAudioStreamEnd: () => sent.push('stream end'),
  };
  return { sent, sender };
}

describe('input that Gemini has not answered', () => {
  it('is given to the next connection in order, and an answer to it is owed', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: hello', 'hello', true, 0);
    input.start('(Ben is speaking)', 'ben', true, 10);
    input.audio(new Uint8Array(640), MARKED);
    input.audio(new Uint8Array(320), MARKED);
    input.end(20);
    expect([...input.keys(20)]).toEqual(['hello', 'ben']);
    expect(input.replay(sender)).toBe(true);
    expect(sent).toEqual([
      'ask Ana: hello',
      'tell (Ben is speaking)',
      'start',
      'audio 640',
      'audio 320',
      'end',
    ]);
  });

  it('stays open when somebody is speaking, with what is typed told and not asked', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.start('(Ben is speaking)', 'ben', true, 0);
    input.audio(new Uint8Array(640), MARKED);
    input.text('Ana: hello', 'hello', true, 1);
    expect(input.replay(sender)).toBe(true);
    expect(sent).toEqual(['tell (Ben is speaking)', 'start', 'audio 640', 'tell Ana: hello']);
  });

  it('is forgotten when it has been answered, except what is just being said', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: hello', 'hello', true, 0);
    input.start('(Ben is speaking)', 'ben', true, 0);
    input.answered();
    input.over();
    input.audio(new Uint8Array(640), MARKED);
    expect(input.replay(sender)).toBe(false);
    expect(sent).toEqual(['tell (Ben is speaking)', 'start', 'audio 640']);
    input.end(20);
    input.answered();
    input.over();
    expect(input.replay(sender)).toBe(false);
    expect(sent).toHaveLength(3);
  });

  it('is bounded in time and size', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: old', 'old', true, 0);
    input.start('(Ben is speaking)', 'ben', true, 70_000);
    for (let i = 0; i < 4_000; i++) input.audio(new Uint8Array(640), MARKED);
    expect([...input.keys(70_001)]).toEqual(['ben']);
    input.replay(sender);
    expect(sent).not.toContain('ask Ana: old');
    expect(sent.filter((frame) => frame.startsWith('audio')).length).toBe(3_000);
  });

  it('is given again when the answer to it was cut off, and not when it was over or stopped', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: hello', 'hello', true, 0);
    input.answered();
    expect(input.lost(false)).toBe(true);
    expect(input.replay(sender)).toBe(true);
    input.answered();
    input.over();
    expect(input.lost(false)).toBe(false);
    expect(input.replay(sender)).toBe(false);
    expect(sent).toEqual(['ask Ana: hello']);
  });

  it('waits for its own answer when it came in the middle of another one', () => {
    const input = new UnansweredInput();
    input.text('Ana: one', 'one', true, 0);
    input.answered();
    input.text('Ana: two', 'two', true, 1);
    input.answered();
    input.over();
    expect([...input.keys(2)]).toEqual(['two']);
    input.answered();
    input.over();
    expect([...input.keys(3)]).toEqual([]);
  });

  it('is given once more, and no third time, when it may be what ends the connections', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: hello', 'hello', false, 0);
    input.replay(sender);
    input.lost(true);
    input.replay(sender);
    input.lost(true);
    input.replay(sender);
    expect(sent).toEqual(['ask Ana: hello', 'ask Ana: hello']);
  });

  it('is given as often as it takes when only the way to Gemini is bad', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: hello', 'hello', true, 0);
    for (let i = 0; i < 4; i++) {
      input.lost(false);
      input.replay(sender);
    }
    expect(sent).toHaveLength(4);
  });

  it('waits for an answer from its end on, however long it was', () => {
    const input = new UnansweredInput();
    input.start('(Ben is speaking)', 'ben', true, 0);
    input.audio(new Uint8Array(640), MARKED);
    input.end(90_000);
    expect([...input.keys(90_020)]).toEqual(['ben']);
  });
});

describe('a stream in which the service finds speech by itself', () => {
  const BLOCK = 20 * 32;

  function stream() {
    const input = new UnansweredInput();
    const given: number[] = [];
    const sender: InputSender = { ...recorder(true).sender, sendAudio: (pcm) => given.push(pcm[0]!) };
    let next = 0;
    /** Blocks that are told apart by their number. */
    const pass = (ms: number, sent: boolean) => {
      for (let at = 0; at < ms; at += 20) {
        const pcm = new Uint8Array(BLOCK).fill(next++ % 256);
        if (sent) given.push(pcm[0]!);
        input.audio(pcm, { sent, marked: false });
      }
    };
    const start = (sent = true) => input.start('(Ben is speaking)', 'ben', sent, 0, false);
    const change = (gapMs: number) => {
      input.lost(false);
      pass(gapMs, false);
      input.replay(sender);
    };
    const aheadMs = () => (given.length - next) * 20;
    return { input, given, sender, pass, start, change, aheadMs };
  }

  it('is not heard again but for 400 ms when the connection changes while somebody speaks', () => {
    const { given, pass, start, change, aheadMs } = stream();
    start();
    pass(3_000, true);
    change(200);
    expect(aheadMs()).toBe(400);
    expect(given.slice(-30)).toEqual(Array.from({ length: 30 }, (_, i) => 130 + i));
  });

  it('never gets ahead by more than half a second, however often the connection changes', () => {
    const { pass, start, change, aheadMs } = stream();
    start();
    for (let i = 0; i < 20; i++) {
      pass(5_000, true);
      change(300);
      change(0);
      expect(aheadMs()).toBeLessThanOrEqual(500);
    }
  });

  it('makes up for what was heard again when nobody speaks, and not before', () => {
    const { input, pass, start, change } = stream();
    start();
    pass(1_000, true);
    change(0);
    expect(input.makesUp).toBe(false);
    input.end(0);
    expect(input.makesUp).toBe(true);
    pass(380, false);
    expect(input.makesUp).toBe(true);
    pass(20, false);
    expect(input.makesUp).toBe(false);
  });

  it('has the first sound of who begins to speak just before or after the connection changes', () => {
    const { input, given, sender, pass, start } = stream();
    pass(1_000, true);
    input.lost(false);
    pass(100, false);
    start(false);
    pass(100, false);
    input.replay(sender);
    expect(given.slice(-25)).toEqual(Array.from({ length: 25 }, (_, i) => 35 + i));
    const quiet = stream();
    quiet.pass(1_000, true);
    quiet.change(100);
    expect(quiet.given.slice(-20)).toEqual(Array.from({ length: 20 }, (_, i) => 35 + i));
  });

  it('is heard again from its change on when it ended and was not answered', () => {
    const { input, given, pass, start, change } = stream();
    start();
    pass(2_000, true);
    change(200);
    pass(200, true);
    input.end(0);
    change(0);
    expect(given.slice(-40)).toEqual(Array.from({ length: 40 }, (_, i) => 80 + i));
  });

  it('is no more than a minute after a long time without a connection', () => {
    const { given, pass, start, change } = stream();
    start();
    pass(2_000, true);
    change(100_000);
    expect(given.length).toBe(100 + 3_000);
  });

  it('is not owed an answer that began before its end, or does not come within 20 s', () => {
    const { input, start } = stream();
    start();
    input.answered();
    input.end(0, true);
    expect([...input.keys(1)]).toEqual(['ben']);
    input.over();
    expect([...input.keys(1)]).toEqual([]);
    start();
    input.answered();
    input.over();
    input.end(0, true);
    expect([...input.keys(1)]).toEqual([]);
    start();
    input.end(0);
    expect([...input.keys(19_999)]).toEqual(['ben']);
    expect([...input.keys(20_000)]).toEqual([]);
  });
});
