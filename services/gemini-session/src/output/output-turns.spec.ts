import { describe, expect, it } from 'vitest';
import { OutputTurns } from './output-turns.ts';

function recorder() {
  const log: string[] = [];
  const keys = new Set<string>();
  const turns = new OutputTurns({
    voice: (pcm, first) => log.push(`${first ? 'first ' : ''}voice ${pcm.byteLength}`),
    voiceEnd: () => log.push('end'),
    flush: () => log.push('flush'),
    transcript: (key, text) => {
      keys.add(key);
      log.push(`text ${text}`);
    },
    finished: (key, text, interrupted, sources) => {
      keys.add(key);
      const pages = sources.map(({ title }) => ` [${title}]`).join('');
      log.push(`${interrupted ? 'interrupted' : 'finished'} ${text}${pages}`);
    },
  });
  return { turns, log, keys };
}

/** One second of 24 kHz. */
const second = new Uint8Array(48_000);

describe("Gemini's turns", () => {
  it('go from the first sound to the end, and are heard as long as their audio lasts', () => {
    const { turns, log, keys } = recorder();
    turns.audio(second, 0);
    turns.text('Hello ');
    turns.audio(second, 100);
    turns.text('all.');
    turns.generationComplete();
    expect(turns.stopped).toBe(false);
    turns.turnComplete();
    expect(log).toEqual([
      'first voice 48000',
      'text Hello',
      'voice 48000',
      'text Hello all.',
      'end',
      'finished Hello all.',
    ]);
    expect(keys.size).toBe(1);
    expect(turns.speaking(1_999)).toBe(true);
    expect(turns.speaking(2_000)).toBe(false);
  });

  it('count as being heard while audio is late, until everything has come', () => {
    const { turns } = recorder();
    turns.audio(second, 0);
    expect(turns.speaking(5_000)).toBe(true);
    turns.generationComplete();
    expect(turns.speaking(5_000)).toBe(false);
  });

  it('are flushed at once when somebody speaks, and nothing of them is heard or written after that', () => {
    const { turns, log, keys } = recorder();
    turns.audio(second, 0);
    turns.text('I was going');
    turns.bargeIn(500, false);
    expect(turns.audio(second, 510)).toBe(false);
    expect(turns.text(' to say')).toBe(false);
    turns.interruptedByService(520);
    expect(turns.text(' something')).toBe(false);
    expect(turns.stopped).toBe(true);
    turns.turnComplete();
    expect(turns.stopped).toBe(false);
    expect(log).toEqual(['first voice 48000', 'text I was going', 'flush', 'interrupted I was going']);

    turns.audio(second, 3_000);
    turns.text('Yes?');
    turns.turnComplete();
    expect(log.slice(4)).toEqual(['first voice 48000', 'text Yes?', 'end', 'finished Yes?']);
    expect(keys.size).toBe(2);
  });

  it('have the pages that they are founded on, told before, within or at the end, and nobody else has them', () => {
    const { turns, log } = recorder();
    const page = (title: string) => ({ title, uri: `https://${title}.example` });
    turns.sources([page('before')]);
    turns.text('Rain.');
    turns.sources([page('within'), page('before')]);
    turns.sources([page('end')]);
    turns.turnComplete();
    turns.text('Sun.');
    turns.bargeIn(0, false);
    turns.sources([page('too late')]);
    turns.turnComplete();
    turns.text('Yes?');
    turns.turnComplete();
    expect(log.filter((line) => !line.startsWith('text'))).toEqual([
      'finished Rain. [before] [within] [end]',
      'interrupted Sun.',
      'finished Yes?',
    ]);
  });

  it('are flushed when only the playback is left, and stay finished', () => {
    const { turns, log } = recorder();
    turns.audio(second, 0);
    turns.text('Done.');
    turns.turnComplete();
    turns.bargeIn(500, false);
    expect(log.slice(-2)).toEqual(['finished Done.', 'flush']);
    expect(turns.speaking(501)).toBe(false);
    expect(turns.audio(second, 600)).toBe(true);
  });

  it('are interrupted by the service alone when somebody types', () => {
    const { turns, log } = recorder();
    turns.audio(second, 0);
    turns.text('One');
    turns.interruptedByService(300);
    expect(turns.stopped).toBe(true);
    turns.turnComplete();
    expect(turns.stopped).toBe(false);
    turns.text('Two');
    expect(log).toEqual(['first voice 48000', 'text One', 'flush', 'interrupted One', 'text Two']);
  });

  it('are silent after a stop until Gemini is given something new', () => {
    const { turns, log } = recorder();
    turns.audio(second, 0);
    turns.silence(10);
    turns.interruptedByService(20);
    turns.turnComplete();
    expect(turns.audio(second, 30)).toBe(false);
    expect(turns.text('What?')).toBe(false);
    turns.turnComplete();
    turns.expectAnswer();
    expect(turns.audio(second, 40)).toBe(true);
    expect(log).toEqual(['first voice 48000', 'flush', 'interrupted ', 'first voice 48000']);
  });

  it('do not swallow the answer when nothing had been said yet as somebody began to speak', () => {
    const { turns } = recorder();
    turns.bargeIn(0, true);
    expect(turns.audio(second, 10)).toBe(false);
    turns.expectAnswer();
    expect(turns.audio(second, 2_000)).toBe(true);
  });

  it('end where the connection was lost', () => {
    const { turns, log } = recorder();
    turns.audio(second, 0);
    turns.text('Half');
    turns.connectionLost(false, 100);
    expect(log.slice(-2)).toEqual(['end', 'interrupted Half']);
    expect(turns.busy(1_500)).toBe(false);
  });

  it('may be empty: Gemini chose to say nothing', () => {
    const { turns, log } = recorder();
    expect(turns.stopped).toBe(false);
    turns.turnComplete();
    expect(log).toEqual([]);
  });
});
