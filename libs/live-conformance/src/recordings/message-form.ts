/** Fields whose value is part of the form of a message, and not of what it says. */
const TELLING = new Set([
  'role',
  'mimeType',
  'language',
  'turnComplete',
  'generationComplete',
  'interrupted',
]);

/** The form of a message: the path of every field that is set, with the value of those that tell what kind of thing it is. */
export function formOf(message: unknown): string {
  return [...new Set(pathsOf(message, ''))].sort().join(' ');
}

function pathsOf(value: unknown, path: string): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) {
    return value.length === 0 ? [`${path}[]`] : value.flatMap((item) => pathsOf(item, `${path}[]`));
  }
  if (typeof value === 'object' && value !== null) {
    const inner = Object.entries(value).flatMap(([key, field]) =>
      pathsOf(field, path === '' ? key : `${path}.${key}`),
    );
    return inner.length === 0 ? [`${path}={}`] : inner;
  }
  const name = path.split('.').at(-1) ?? path;
  return [TELLING.has(name) ? `${path}=${JSON.stringify(value)}` : path];
}

/** Whether a frame is JSON on several lines that ends with a line break. */
export function isPretty(frame: string): boolean {
  return frame === `${JSON.stringify(JSON.parse(frame), null, 2)}\n`;
}
