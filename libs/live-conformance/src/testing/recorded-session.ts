/** A recorded session in the form of the files, with words of our own. */
export function recordedSession(frames: readonly (readonly ['>' | '<', unknown])[]): Buffer {
  const text = frames.map(([from, message]) => {
    const json = from === '>' ? JSON.stringify(message) : `${JSON.stringify(message, null, 2)}\n`;
    const frame = `${json}\n`;
    return `${from}${Buffer.byteLength(frame)} ${frame}`;
  });
  return Buffer.from(text.join(''), 'utf8');
}
