import type { ExportFormat } from '@studio/contracts';

/** What file systems refuse in names, or read as something else. */
const UNSAFE = /[\p{C}/\\:*?"<>|]+/gu;

/** The `Content-Disposition` of a room's export (RFC 6266): its name in full (RFC 8187), and in ASCII for whoever cannot read that. */
export function attachment(roomName: string, format: ExportFormat, at: number): string {
  const name = roomName
    .replace(UNSAFE, '-')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .toWellFormed();
  const file = `${name === '' ? 'room' : name} ${new Date(at).toISOString().slice(0, 10)}.${format}`;
  const ascii = file
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|%/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended(file)}`;
}

/** As RFC 8187 encodes a value: `encodeURIComponent` leaves some characters that it does not. */
function extended(value: string): string {
  return encodeURIComponent(value).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
