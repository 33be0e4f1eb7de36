/** The rate at which the Live API speaks, in hertz. */
export const SAMPLE_RATE = 24_000;
