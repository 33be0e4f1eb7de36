/** The build writes a hash of the content into the names of these files, for example `main-5QX2ABCD.js`. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The `Cache-Control` of a file of the client. */
export function cacheControl(path: string): string {
  return HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
}
