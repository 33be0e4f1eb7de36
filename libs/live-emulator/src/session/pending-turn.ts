import type { Activity } from '../input/activity.ts';
import type { Picture } from '../input/picture.ts';
import type { Entry } from '../mind/conversation.ts';
import type { TurnCoverage } from '../models/profiles.ts';
import type { TokenCount } from '../output/usage.ts';
import { NO_TOKENS, addTokens, audioTokens, textTokens } from '../output/usage.ts';

/** More pictures than this in one turn push the oldest out. */
const MAX_PICTURES = 256;

/** What people have said, written and shown since the last turn ended. */
export class PendingTurn {
  readonly #coverage: TurnCoverage;
  readonly #pictureTokens: number;
  #texts: string[] = [];
  #speech: Activity[] = [];
  #pictures: Picture[] = [];
  #audioSeconds = 0;

  constructor(coverage: TurnCoverage, pictureTokens: number) {
    this.#coverage = coverage;
    this.#pictureTokens = pictureTokens;
  }

  get isEmpty(): boolean {
    return this.#texts.length + this.#speech.length + this.#pictures.length === 0;
  }

  addText(text: string): void {
    this.#texts.push(text);
  }

  addSpeech(activity: Activity): void {
    this.#speech.push(activity);
  }

  /** Counts audio of any kind; it is part of the turn where the turn covers all input. */
  addAudio(seconds: number): void {
    this.#audioSeconds += seconds;
  }

  /** Where a turn covers activity only, of the pictures outside of it the latest alone stays: the state of things. */
  addPicture(picture: Picture, duringActivity: boolean): void {
    const onlyLatest = this.#coverage === 'TURN_INCLUDES_ONLY_ACTIVITY' && !duringActivity;
    this.#pictures = onlyLatest ? [picture] : [...this.#pictures, picture].slice(-MAX_PICTURES);
  }

  /** The turn as an entry of the conversation and what it costs; a new turn begins. */
  take(): { readonly entry: Entry; readonly tokens: TokenCount } {
    const text = this.#texts.join('\n');
    const spoken = this.#speech.reduce((sum, { seconds }) => sum + seconds, 0);
    const heard = this.#coverage === 'TURN_INCLUDES_ALL_INPUT' ? this.#audioSeconds : spoken;
    const tokens = addTokens(textTokens(text), audioTokens(heard), {
      ...NO_TOKENS,
      VIDEO: this.#pictures.length * this.#pictureTokens,
    });
    const entry: Entry = { role: 'user', text, speech: this.#speech, pictures: this.#pictures };
    this.#texts = [];
    this.#speech = [];
    this.#pictures = [];
    this.#audioSeconds = 0;
    return { entry, tokens };
  }
}
