import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recording } from '../recordings/read-recording.ts';
import { isRecording, readRecording } from '../recordings/read-recording.ts';

/**
 * Every recorded session in a folder.
 * @throws Error when there is none, or one cannot be read
 */
export async function readRecordings(folder: string): Promise<Recording[]> {
  const names = (await readdir(folder)).filter(isRecording).sort();
  if (names.length === 0) throw new Error(`there is no recorded session (live_*.websocket.log) in ${folder}`);
  return Promise.all(names.map(async (name) => readRecording(name, await readFile(join(folder, name)))));
}
