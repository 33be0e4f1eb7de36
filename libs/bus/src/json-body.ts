const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true });

/** The body of a message that holds a JSON value. */
export function encodeJson(value: unknown): Uint8Array {
  return ENCODER.encode(JSON.stringify(value));
}

/** The JSON value of a body. @throws SyntaxError or TypeError when it is not JSON in UTF-8 */
export function decodeJson(data: Uint8Array): unknown {
  return JSON.parse(DECODER.decode(data));
}
