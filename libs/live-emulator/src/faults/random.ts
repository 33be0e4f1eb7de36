/** Numbers from 0 to below 1 that are the same for the same seed: a linear congruential generator of 32 bits. */
export function seededRandom(seed: number): () => number {
  // Constants of Knuth and Lewis ("Numerical Recipes", section 7.1); the modulus is 2^32.
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
