import { connect } from 'node:net';

/** One try to get an answer, in milliseconds. */
const TRY_MS = 1_000;

/**
 * Connects, sends `question`, and collects the answer until `complete` is true of it.
 * Undefined when nothing listens, the connection ends early, or there is no complete answer within a second.
 */
export async function askServer(
  address: { host: string; port: number },
  question: string,
  complete: (answer: string) => boolean,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let answer = '';
    const settle = (result: string | undefined) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(TRY_MS, () => settle(undefined));
    socket.on('error', () => settle(undefined));
    socket.on('close', () => settle(undefined));
    socket.on('connect', () => socket.write(question));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (complete(answer)) settle(answer);
    });
  });
}
