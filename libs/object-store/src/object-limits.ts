/** Longest name, in bytes of UTF-8. */
const NAME_BYTES = 500;
/** Keys and values of an object's metadata together, in bytes of UTF-8: Cloud Storage's limit of 8 KiB, less what an engine adds. */
const METADATA_BYTES = 8_000;

/** @throws RangeError for a name that not every engine can keep */
export function checkObjectName(name: string): void {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new RangeError('the parts of an object name are neither empty nor dots');
  if (!name.isWellFormed() || /\p{Cc}|\p{Zl}|\p{Zp}/u.test(name))
    throw new RangeError('an object name has printable characters only');
  if (Buffer.byteLength(name) > NAME_BYTES)
    throw new RangeError(`an object name has at most ${NAME_BYTES} bytes`);
}

/** @throws RangeError when it is too large */
export function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  const bytes = Object.entries(metadata)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > METADATA_BYTES)
    throw new RangeError(`metadata has at most ${METADATA_BYTES} bytes, not ${bytes}`);
}
