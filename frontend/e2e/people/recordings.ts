import { Sound } from '../sound/sound.ts';

/** Quieter steps of a recording are its silence, in dBFS. */
export const SPEECH_DBFS = -45;

/** A file that a browser plays again and again as its microphone: speech, then silence. */
export class Recording {
  readonly file: URL;
  /** Length of one round, in seconds. */
  readonly seconds: number;
  /** Only what is said. */
  readonly speech: Sound;

  constructor(name: string) {
    this.file = new URL(`../recordings/${name}.wav`, import.meta.url);
    const whole = Sound.ofWav(this.file);
    this.seconds = whole.seconds;
    this.speech = whole.trimmed(SPEECH_DBFS);
  }
}

/** “The harvest report shows that apples grew well this year”, a low voice. */
export const HARVEST = new Recording('harvest');
/** “Please remember the blue lantern beside the garden window”, a high voice. */
export const LANTERN = new Recording('lantern');
