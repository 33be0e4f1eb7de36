import { expect, test } from 'vitest';
import { isDebian } from './apt.mjs';
import { archiveOf } from './go.mjs';
import { REQUIREMENTS, howToGet } from './requirements.mjs';

test('Debian and its kin are told from others', () => {
  expect(isDebian('ID=debian\n')).toBe(true);
  expect(isDebian('ID=ubuntu\nID_LIKE=debian\n')).toBe(true);
  expect(isDebian('ID=linuxmint\nID_LIKE="ubuntu debian"\n')).toBe(true);
  expect(isDebian('ID=fedora\nHOME_URL="https://debian.example"\n')).toBe(false);
});

test('what is missing is named with every way to provide it', () => {
  expect(howToGet(REQUIREMENTS.nats)).toBe(
    'nats-server is missing: install it (apt-get install nats-server), start Docker, or set NATS_URL',
  );
  expect(howToGet(REQUIREMENTS.chromium)).toBe(
    'chromium is missing: install it (apt-get install chromium), or set CHROMIUM_PATH',
  );
});

test('backports are looked for where the machine takes its release from', () => {
  const targets =
    'http://security.example/debian-security/ bookworm-security\nhttp://mirror.example/debian/ bookworm\n';
  expect(archiveOf(targets, 'bookworm')).toBe('http://mirror.example/debian/');
  expect(archiveOf(targets, 'trixie')).toBeUndefined();
});
