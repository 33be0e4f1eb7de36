import { expect, test } from 'vitest';
import { missingPackages } from './installed.mjs';

const locked = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/@studio/bus': { link: true },
    'node_modules/ws': { version: '8.23.0' },
    'node_modules/esbuild-for-another-platform': { version: '1.0.0', optional: true },
  },
};

test('everything is missing when there is no installation', () => {
  expect(missingPackages(locked, undefined)).toEqual(['node_modules/ws']);
});

test('nothing is missing when all is installed but optional packages', () => {
  const installed = { packages: { 'node_modules/ws': { version: '8.23.0' } } };
  expect(missingPackages(locked, installed)).toEqual([]);
});

test('a package of another version is missing, optional or not', () => {
  const installed = {
    packages: {
      'node_modules/ws': { version: '8.22.0' },
      'node_modules/esbuild-for-another-platform': { version: '0.9.0' },
    },
  };
  expect(missingPackages(locked, installed)).toEqual([
    'node_modules/ws',
    'node_modules/esbuild-for-another-platform',
  ]);
});
