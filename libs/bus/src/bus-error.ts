/**
 * Told of every error that has nobody to be thrown to: a handler that failed, a message that could not be sent.
 * It must not throw.
 */
export type OnBusError = (error: unknown, subject: string) => void;

/** What happens to such errors when nobody asked for them: Node prints them. */
export const warnOfBusError: OnBusError = (error, subject) => {
  const warning = new Error(`message bus, subject ${subject}: ${String(error)}`, { cause: error });
  process.emitWarning(warning);
};
