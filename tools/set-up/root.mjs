import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace's directory; every command works from it, wherever it was called. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
