import { LANGUAGES } from '@studio/contracts';

export function isLanguage(code: string): boolean {
  return (LANGUAGES as readonly string[]).includes(code);
}
