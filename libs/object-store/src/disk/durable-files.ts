import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A new file with this content, on disk when it resolves. */
export async function writeDurably(path: string, data: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(data);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Makes the creation, linking or removal of files in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Creates the directory and those above it as needed, durably. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let parent = resolve(path); parent !== top;) {
    parent = dirname(parent);
    await syncDirectory(parent);
  }
}
