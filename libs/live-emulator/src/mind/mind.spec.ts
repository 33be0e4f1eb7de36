import { describe, expect, it } from 'vitest';
import type { Entry } from './conversation.ts';
import { answerTo } from './mind.ts';

const wrote = (text: string): Entry => ({ role: 'user', text, speech: [], pictures: [] });
const spoke = (seconds: number, dbfs: number, text = ''): Entry => ({
  role: 'user',
  text,
  speech: [{ seconds, dbfs }],
  pictures: [],
});
const showed = (brightness: number | null, text = ''): Entry => ({
  role: 'user',
  text,
  speech: [],
  pictures: [{ format: 'jpeg', width: 1280, height: 720, brightness }],
});
const answered = (text: string): Entry => ({ role: 'model', text, speech: [], pictures: [] });

const ask = (...entries: Entry[]) => answerTo(entries, { mayStaySilent: false });

const MEETING = [
  wrote('Ana: The budget for the new portal is forty thousand euros. The budget is tight.'),
  wrote('Ben: The portal must launch in November, because the old portal closes then.'),
  wrote('Cem: I like the coffee here.'),
  wrote('Ben: For the November launch the portal needs two more testers.'),
];

describe('answerTo', () => {
  it('says in full that it is the offline emulator once', () => {
    const first = ask(wrote('Ana: Who are you?'));
    expect(first).toContain('offline emulator of Gemini Live');
    expect(
      ask(wrote('Ana: Who are you?'), answered(first ?? ''), wrote('Ben: And who are you?')),
    ).not.toContain('offline emulator');
  });

  it('names who is here: authors, people announced, and not those who left', () => {
    const entries = [
      ...MEETING,
      wrote('In the room: Ana, Ben and Dora.'),
      wrote('(Eve joined)\n(Cem left)'),
      wrote('Ana: Who is in the room?'),
    ];
    expect(ask(...entries)).toBe('I know of 4 people here: Ana, Ben, Dora and Eve.');
    expect(ask(wrote('Who is here?'))).toBe('Nobody has told me a name yet.');
  });

  it('says what one person said', () => {
    expect(ask(...MEETING, wrote('Ana: What did Cem say?'))).toBe('Cem wrote: I like the coffee here.');
    expect(ask(...MEETING, wrote('Ana: What did Ben say?'))).toMatch(
      /^Ben wrote 2 messages\. Earlier: .*November.*two more testers\.$/,
    );
    expect(ask(wrote('In the room: Ana, Zoe'), wrote('Ana: What did Zoe say?'))).toContain(
      'Zoe has not said anything',
    );
  });

  it('sums up the main points by their weight, with their authors', () => {
    const summary = ask(...MEETING, wrote('Dora: Can you summarise the main points?'));
    expect(summary).toMatch(/^Here are the 3 main points\. First, from Ana:/);
    expect(summary).toContain('from Ben: The portal must launch in November');
    expect(summary).not.toContain('coffee');
    expect(ask(wrote('Ana: Summary please'))).toBe('There are no written points to sum up yet.');
  });

  it('tells of speech what can be told, who spoke, and what it may relate to', () => {
    expect(ask(...MEETING.slice(0, 1), wrote('(Ben is speaking)'), spoke(2.41, -23))).toBe(
      "I heard Ben speak for 2.4 seconds, at a normal level. I cannot make out words offline. Ana's last written point was about budget and portal.",
    );
    // A new session is told the conversation of before: its speech is no writing.
    const before = wrote('Ana: Ten lanterns.\nBen: [speech, 4.6 s, -20 dBFS]');
    expect(ask(before, wrote('(Ben is speaking)'), spoke(2, -20))).toContain(
      "Ana's last written point was about lanterns.",
    );
    expect(ask(spoke(12, -41))).toBe(
      'I heard 12 seconds of speech, quiet. I cannot make out words offline, but you can write to me.',
    );
    expect(ask(spoke(2, -20), spoke(3, -20), wrote('Ana: What did you hear?'))).toBe(
      'I heard 2 stretches of speech, 5.0 seconds in all. The last one was at a normal level.',
    );
  });

  it('tells of a picture its size and brightness', () => {
    expect(ask(showed(0.12, 'Ana: What do you see?'))).toBe(
      'I have one picture. The last one is 1280 by 720 pixels, dark, at 12 percent brightness.',
    );
    expect(ask(showed(null))).toContain('could not measure');
    expect(ask(wrote('Ana: Look at my screen'))).toBe('I have seen no picture yet.');
    expect(ask(wrote('Ben: The payment screen fails for a tenth of our testers.'))).toContain('payment');
  });

  it('relates a new point to an earlier one of somebody else, and is never an echo', () => {
    const answer = ask(...MEETING, wrote('Dora: The November launch of the portal worries me.'));
    expect(answer).toMatch(/It goes with what Ben wrote: .*November/);
    expect(answer).not.toContain('worries me');
    expect(ask(wrote('Ana: Bananas ripen in paper bags.'))).not.toContain('ripen in paper bags');
  });

  it('greets by name and answers thanks', () => {
    expect(ask(...MEETING, wrote('Ana: Hello Gemini!'))).toMatch(/^Hello Ana\. With you here: Ben and Cem\./);
    expect(ask(wrote('Ana: Thanks a lot'))).toBe('You are welcome, Ana.');
  });

  it('stays silent on words to somebody else where it may', () => {
    const entries = [...MEETING, wrote('Ana: Ben, could you order lunch for the team?')];
    expect(answerTo(entries, { mayStaySilent: true })).toBeNull();
    expect(answerTo(entries, { mayStaySilent: false })).not.toBeNull();
  });

  it('keeps its answers short enough to be said in about ten seconds', () => {
    const long = MEETING.map((entry) => ({
      ...entry,
      text: `${entry.text} ${entry.text.slice(5).repeat(3)}`,
    }));
    for (const question of ['Who are you?', 'What did Ben say?', 'What is new?']) {
      expect(ask(...long, wrote(`Ana: ${question}`))?.split(/\s+/).length).toBeLessThan(50);
    }
  });
});
