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
  };
  return { sent, sender };
}

describe('input that Gemini has not answered', () => {
  it('is given to the next connection in order, and an answer to it is owed', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: hello', 4, 0);
    input.start('(Ben is speaking)', 10);
    input.audio(new Uint8Array(640));
    input.audio(new Uint8Array(320));
    input.end();
    expect([...input.sequences()]).toEqual([4]);
    expect(input.replay(sender, 20)).toBe(true);
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
    input.start('(Ben is speaking)', 0);
    input.audio(new Uint8Array(640));
    input.text('Ana: hello', 4, 1);
    expect(input.replay(sender, 2)).toBe(true);
    expect(sent).toEqual(['tell (Ben is speaking)', 'start', 'audio 640', 'tell Ana: hello']);
  });

  it('is forgotten when it has been answered, except what is just being said', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: hello', 4, 0);
    input.start('(Ben is speaking)', 0);
    input.answered();
    input.audio(new Uint8Array(640));
    expect(input.replay(sender, 1)).toBe(false);
    expect(sent).toEqual(['tell (Ben is speaking)', 'start', 'audio 640']);
    input.end();
    input.answered();
    expect(input.replay(sender, 1)).toBe(false);
    expect(sent).toHaveLength(3);
  });

  it('is bounded in time and size', () => {
    const input = new UnansweredInput();
    const { sent, sender } = recorder();
    input.text('Ana: old', 1, 0);
    input.start('(Ben is speaking)', 70_000);
    for (let i = 0; i < 2_000; i++) input.audio(new Uint8Array(640));
    input.replay(sender, 70_001);
    expect(sent).not.toContain('ask Ana: old');
    expect(sent.filter((frame) => frame.startsWith('audio')).length).toBe(750);
  });
});
