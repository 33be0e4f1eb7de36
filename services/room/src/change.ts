/** What is to become of what is there now; undefined: nothing is to be written. */
export type Change<T> = (now: T) => T | undefined | Promise<T | undefined>;
