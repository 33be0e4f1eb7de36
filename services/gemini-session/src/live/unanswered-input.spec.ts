import { describe, expect, it } from 'vitest';
import { UnansweredInput } from './unanswered-input.ts';
import type { InputSender } from './unanswered-input.ts';

function recorder() {
  const sent: string[] = [];
  const sender: InputSender = {
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
    input.audio(new Uint8Array(640));
    input.audio(new Uint8Array(320));
    input.end();
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
    input.audio(new Uint8Array(640));
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
    input.audio(new Uint8Array(640));
    expect(input.replay(sender)).toBe(false);
    expect(sent).toEqual(['tell (Ben is speaking)', 'start', 'audio 640']);
    input.end();
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
    for (let i = 0; i < 4_000; i++) input.audio(new Uint8Array(640));
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
});
