import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect } from '@playwright/test';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { bestFit } from '../sound/correlation.ts';
import { RATE, Sound, toFloats } from '../sound/sound.ts';
import { installRecorder } from './page-recorder.ts';
import type { SoundKind } from './page-recorder.ts';
import { RECORDER_FILE } from './recorder-worklet.ts';
import { SPEECH_DBFS } from './recordings.ts';
import type { Recording } from './recordings.ts';
import { Traffic } from './traffic.ts';

/** The microphone is turned on this long before the first word, in milliseconds. */
const UNMUTE_MS = 600;
/** So much of the beginning of a recording tells it from everything else, in seconds. */
const LISTEN_S = 1;

/** One line of the conversation as the page shows it. */
export interface ShownLine {
  seq: number;
  author: string;
  kind: string;
  text: string;
}

/** How a new room is entered. */
export interface Door {
  visibility?: 'listed' | 'link' | 'invited';
  lobby?: boolean;
  passcode?: string;
}

/** Somebody with a browser, a profile and a microphone of their own. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly traffic: Traffic;
  readonly recording: Recording;
  readonly #context: BrowserContext;
  readonly #profile: string;
  #firstWord: number | undefined;

  private constructor(
    name: string,
    recording: Recording,
    context: BrowserContext,
    page: Page,
    profile: string,
  ) {
    this.name = name;
    this.recording = recording;
    this.page = page;
    this.traffic = new Traffic(page);
    page.on('load', () => (this.#firstWord = undefined));
    this.#context = context;
    this.#profile = profile;
  }

  static async open(name: string, recording: Recording): Promise<Person> {
    const profile = await mkdtemp(join(tmpdir(), 'studio-e2e-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      viewport: { width: 1_280, height: 800 },
      permissions: ['microphone', 'camera', 'clipboard-read', 'clipboard-write'],
      args: [
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${fileURLToPath(recording.file)}`,
      ],
    });
    await context.addInitScript(installRecorder, `/${RECORDER_FILE}`);
    const page = context.pages()[0] ?? (await context.newPage());
    return new Person(name, recording, context, page, profile);
  }

  async close(): Promise<void> {
    await this.#context.close();
    await rm(this.#profile, { recursive: true, force: true });
  }

  /** Signs in on the first page, makes a room and enters it, microphone off. @returns the link that invites others */
  async createRoom(studioUrl: string, roomName: string, door: Door = {}): Promise<string> {
    await this.page.goto(studioUrl);
    await this.it('sign-in-name').fill(this.name);
    await this.it('sign-in').click();
    await this.it('create-room').click();
    await expect(this.page.getByRole('dialog', { name: 'Create a room' })).toBeVisible();
    await this.it('room-name').fill(roomName);
    await this.#setUp(door);
    await this.it('create-confirm').click();
    await this.page.waitForURL(/\/rooms\/[\w-]{22}/);
    // A recording is no voice in a room: what the browser would do to make it clearer would change it.
    await this.page.goto(withoutVoiceProcessing(this.page.url()));
    await this.enter();
    if (door.visibility === 'invited') return this.page.url();
    await this.it('copy-link').click();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Follows a link into a room, microphone off, and says there who they are. */
  async joinByLink(link: string): Promise<void> {
    await this.page.goto(withoutVoiceProcessing(link));
    await this.it('pre-join-name').fill(this.name);
    await this.enter();
  }

  async type(text: string): Promise<void> {
    await this.it('composer').fill(text);
    await this.it('send').click();
  }

  /** Types a line, and waits until the room has it. */
  async say(text: string): Promise<void> {
    await this.type(text);
    await expect(this.messages(this.name, 'chat').filter({ hasText: text })).toHaveCount(1);
  }

  async microphone(on: boolean): Promise<void> {
    const button = this.it('toolbar-mic');
    await expect(button).toHaveAttribute('aria-pressed', String(!on));
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', String(on));
  }

  async #setUp({ visibility, lobby, passcode }: Door): Promise<void> {
    if (visibility !== undefined) await this.it(`visibility-${visibility}`).click();
    if (lobby === true) await this.it('room-lobby').click();
    if (passcode !== undefined) await this.it('room-passcode').fill(passcode);
  }

  /** When the microphone first gave more than silence after a time: milliseconds since the epoch. */
  async firstWordAfter(time: number): Promise<number> {
    const said = await this.sound('said', time);
    const first = said.loudSteps(SPEECH_DBFS).find((step) => step >= time);
    if (first === undefined) throw new Error(`${this.name} has said nothing since`);
    return first;
  }

  /**
   * Says once what their recording holds, whole, and mutes the microphone again.
   * @returns when the first word began: milliseconds since the epoch
   */
  async speakOnce(): Promise<number> {
    const onset = await this.aboutToSpeak();
    await this.waitUntil(onset + this.recording.speech.seconds * 1_000 + 200);
    await this.microphone(false);
    return onset;
  }

  /**
   * Turns the microphone on in the recording's silence.
   * @returns when the first word begins: milliseconds since the epoch
   */
  async aboutToSpeak(): Promise<number> {
    // The first time opens the device, which then begins with the recording's own beginning.
    const opened = this.#firstWord !== undefined;
    if (opened) await this.waitUntil((await this.nextOnset(UNMUTE_MS)) - UNMUTE_MS);
    await this.microphone(true);
    return opened ? this.nextOnset(-UNMUTE_MS) : this.#onset();
  }

  /** When the recording's first word sounds next, at least so many milliseconds from now. */
  async nextOnset(leastMs: number): Promise<number> {
    const round = this.recording.seconds * 1_000;
    const [onset, now] = [await this.#onset(), await this.now()];
    return onset + Math.ceil((now + leastMs - onset) / round) * round;
  }

  /** Waits in this person's browser for a time: milliseconds since the epoch. */
  async waitUntil(time: number): Promise<void> {
    await this.page.waitForFunction((at) => performance.timeOrigin + performance.now() >= at, time, {
      polling: 20,
    });
  }

  /** One time at which the recording's first word began in the microphone; from then on it comes again with every round. */
  async #onset(): Promise<number> {
    if (this.#firstWord !== undefined) return this.#firstWord;
    const beginning = this.recording.speech.samples.subarray(0, LISTEN_S * RATE);
    let onset = 0;
    await expect
      .poll(
        async () => {
          const said = await this.sound('said', 0);
          const { correlation, at } = bestFit(said.samples, beginning);
          onset = said.startedAt + (at / RATE) * 1_000;
          return correlation;
        },
        { message: 'the microphone plays the recording', intervals: [300] },
      )
      .toBeGreaterThan(0.9);
    this.#firstWord = onset;
    return onset;
  }

  /** The tile of a participant. */
  tile(name: string): Locator {
    const label = this.page.locator('.label .name', { hasText: name });
    return this.page.getByTestId('participant').filter({ has: label });
  }

  /** The tile of a participant, while the page shows that they speak. */
  speakingTile(name: string): Locator {
    return this.tile(name).and(this.page.locator('[data-speaking="true"]'));
  }

  /** The first element with this test id. */
  it(testId: string): Locator {
    return this.page.getByTestId(testId).first();
  }

  messages(author: string, kind: string): Locator {
    return this.page.locator(`[data-testid="message"][data-author="${author}"][data-kind="${kind}"]`);
  }

  /** The durable lines in the order in which they stand in the page. */
  lines(): Promise<ShownLine[]> {
    return this.page.getByTestId('message').evaluateAll((elements) =>
      elements.map((element) => ({
        seq: Number(element.getAttribute('data-seq')),
        author: element.getAttribute('data-author') ?? '',
        kind: element.getAttribute('data-kind') ?? '',
        text: (element.querySelector('.words') ?? element).textContent.trim(),
      })),
    );
  }

  /** The time in this person's browser: milliseconds since the epoch. */
  now(): Promise<number> {
    return this.page.evaluate(() => performance.timeOrigin + performance.now());
  }

  /** Sound since a time; a little more at the begin. Empty when there was none at all. */
  async sound(kind: SoundKind, since: number): Promise<Sound> {
    const recorded = await this.page.evaluate(({ kind, since }) => window.takeSound(kind, since), {
      kind,
      since,
    });
    if (!recorded) return new Sound(new Float32Array(0), since);
    const bytes = Uint8Array.from(Buffer.from(recorded.pcm, 'base64'));
    return Sound.ofRate(toFloats(new Int16Array(bytes.buffer)), recorded.rate, recorded.startedAt);
  }

  /** From the page before the room, microphone off. */
  async enter(): Promise<void> {
    const microphone = this.it('mic-toggle');
    if ((await microphone.getAttribute('aria-pressed')) === 'true') await microphone.click();
    await this.it('join').click();
    await expect(this.it('composer')).toBeEnabled();
  }
}

function withoutVoiceProcessing(address: string): string {
  const url = new URL(address);
  url.searchParams.set('voiceProcessing', 'off');
  return url.href;
}
