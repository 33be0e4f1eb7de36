const CODES = { red: [31, 39], green: [32, 39], cyan: [36, 39], dim: [2, 22], bold: [1, 22] };

/**
 * Text in a style where standard output is a terminal that wants it (https://no-color.org), otherwise as it is.
 * @param {keyof typeof CODES} style
 * @param {string} text
 */
export function styleText(style, text) {
  if (!process.stdout.isTTY || (process.env['NO_COLOR'] ?? '') !== '') return text;
  const [on, off] = CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
