import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** Bytes. */
const SALT = 16;
const HASH = 32;

/** What is kept of a passcode: a salt, and what scrypt (Node's costs: N 16384, r 8, p 1) makes of both, so that it cannot be read back. */
export async function hashPasscode(passcode: string): Promise<string> {
  const salt = randomBytes(SALT);
  return encode(salt, await derive(passcode.normalize('NFC'), salt, HASH));
}

/** Takes as long for a wrong passcode as for the right one. */
export async function isPasscode(passcode: string, hash: string): Promise<boolean> {
  const [salt, kept] = hash.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (salt === undefined || kept?.length !== HASH) throw new Error('what is kept is not a hash of ours');
  return timingSafeEqual(await derive(passcode.normalize('NFC'), salt, HASH), kept);
}

function encode(salt: Buffer, hash: Buffer): string {
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}
