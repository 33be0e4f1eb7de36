import * as z from 'zod';
import type { Tool } from './tool.ts';

/** Most that is read of an answer, in bytes. */
const MOST_BYTES = 256 * 1024;

/** Tools that are called over HTTP, as a JSON file of the operator describes them. */
export const HttpTools = z.strictObject({
  tools: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string(),
        /** JSON Schema of an object. */
        parameters: z.record(z.string(), z.unknown()).default({ type: 'object', properties: {} }),
        url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
        /** `${NAME}` stands for the environment variable of that name, so that no secret stands in the file. */
        headers: z.record(z.string(), z.string()).default({}),
      }),
    )
    .min(1),
});
export type HttpTool = z.output<typeof HttpTools>['tools'][number];

/** What a tool of the file does: the arguments are the body of a POST, and its answer is JSON or text. Nothing leads to another place. */
export function httpRun({ url, headers }: Pick<HttpTool, 'url' | 'headers'>): Tool['run'] {
  return async (args, room, signal) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, 'x-room-id': room.roomId },
      body: JSON.stringify(args),
      // The address is the operator's; what answers there must not choose another one.
      redirect: 'error',
      signal,
    }).catch(unreachable);
    const text = await textOf(response);
    if (!response.ok)
      throw new Error(`The tool's service answered with status ${response.status}: ${text.slice(0, 200)}`);
    return response.headers.get('content-type')?.includes('json') === true ? jsonOf(text) : text;
  };
}

/** @throws Error that names the variable when it is not there */
export function withEnvironment(
  headers: HttpTool['headers'],
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
        const found = env[variable];
        if (found === undefined || found === '') throw new Error(`headers.${name}: ${variable} is not set`);
        return found;
      }),
    ]),
  );
}

/** The cause holds the address, which is nobody's concern. */
function unreachable(error: unknown): never {
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) throw error;
  throw new Error("The tool's service cannot be reached.");
}

async function textOf(response: Response): Promise<string> {
  if (response.body === null) return '';
  const body: AsyncIterable<Uint8Array> = response.body;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (bytes > MOST_BYTES)
      throw new Error(`The tool's service answered more than ${MOST_BYTES / 1024} KiB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("The tool's service said that it answers JSON, and did not.");
  }
}
