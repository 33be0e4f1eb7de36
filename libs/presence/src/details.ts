/** Details as they are kept: JSON, `null` when there are none. */
export function encodeDetails(details: unknown): string {
  return details === undefined ? 'null' : JSON.stringify(details);
}

export function decodeDetails(details: string): unknown {
  return JSON.parse(details);
}
