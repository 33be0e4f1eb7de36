/** What digital silence is given as, in dB below full scale: the least that 16 bits can hold. */
export const SILENCE_DBFS = -96;

/** Root mean square of 16-bit samples in dB, where 0 is a full-scale square wave and {@link SILENCE_DBFS} the least. */
export function rmsDbfs(samples: Int16Array): number {
  if (samples.length === 0) return SILENCE_DBFS;
  let sum = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] as number;
    sum += sample * sample;
  }
  if (sum === 0) return SILENCE_DBFS;
  return Math.max(SILENCE_DBFS, 10 * Math.log10(sum / samples.length / (32_768 * 32_768)));
}

/** The largest absolute sample, from 0 to 1. */
export function peak(samples: Int16Array): number {
  let largest = 0;
  for (let i = 0; i < samples.length; i++) {
    const size = Math.abs(samples[i] as number);
    if (size > largest) largest = size;
  }
  return largest / 32_768;
}
