import { AntiResonator, BandPass, Resonator } from './filters.ts';
import { Glottis, Noise } from './sources.ts';
import type { Frame } from './tracks.ts';
import { FRAME_MS } from './tracks.ts';

const BANDWIDTHS = [70, 100, 150] as const;
/** Formants above the third hardly move, in hertz. */
const UPPER: readonly (readonly [number, number])[] = [
  [3500, 250],
  [4500, 350],
  [6000, 800],
];
const NASAL_POLE = 270;
const NASAL_ZERO = 480;
const MAX_BANDS = 2;
const NOISE_GAIN = 0.22;
const BREATH_GAIN = 2.2;

/** Turns frames into sound: folds and breath through a cascade of formants, hissing noise beside it. */
export function sing(frames: readonly Frame[], rate: number, formantScale: number): Float32Array {
  const perFrame = Math.round((rate * FRAME_MS) / 1000);
  const output = new Float32Array(frames.length * perFrame);
  const glottis = new Glottis(rate);
  const noise = new Noise();
  const formants = BANDWIDTHS.map(() => new Resonator(rate));
  const upper = UPPER.map(([frequency, width]) => new Resonator(rate).tune(frequency * formantScale, width));
  const cascade = [...upper, ...formants];
  const nasalPole = new Resonator(rate).tune(NASAL_POLE, 100);
  const nasalZero = new AntiResonator(rate);
  const bands = Array.from({ length: MAX_BANDS }, () => new BandPass(rate));
  let voice = 0;
  let breath = 0;
  let hiss = 0;
  let at = 0;
  for (const frame of frames) {
    formants.forEach((formant, i) => formant.tune(frame.formants[i] ?? 0, widthOf(i, frame)));
    nasalZero.tune(frame.nasal ? NASAL_ZERO : NASAL_POLE, 100);
    const gains = bands.map((band, i) => {
      const [centre, bandwidth, gain] = frame.bands[i] ?? [0, 0, 0];
      if (gain > 0) band.tune(centre, bandwidth);
      return gain;
    });
    const [step1, step2, step3] = [frame.voice - voice, frame.breath - breath, frame.noise - hiss];
    for (let i = 0; i < perFrame; i += 1) {
      voice += step1 / perFrame;
      breath += step2 / perFrame;
      hiss += step3 / perFrame;
      const white = noise.next();
      const puffs = glottis.isOpen ? white : white * 0.4;
      let sound = glottis.next(frame.pitch) * voice + puffs * breath * BREATH_GAIN * 0.2;
      sound = nasalZero.next(nasalPole.next(sound));
      for (const resonator of cascade) sound = resonator.next(sound);
      if (hiss > 1e-4) {
        // Voiced hissing comes in puffs, too.
        const source = frame.voice > 0.1 ? puffs : white;
        for (let k = 0; k < MAX_BANDS; k += 1) {
          const gain = gains[k] ?? 0;
          if (gain > 0) sound += (bands[k]?.next(source) ?? 0) * gain * hiss * NOISE_GAIN;
        }
      }
      output[at] = sound;
      at += 1;
    }
  }
  return output;
}

/** The first formant is damped while the folds stand open for breath. */
function widthOf(index: number, { breath, voice, nasal }: Frame): number {
  const usual = BANDWIDTHS[index] ?? 150;
  if (index === 0 && breath > voice) return 250;
  return nasal ? usual * 1.6 : usual;
}
