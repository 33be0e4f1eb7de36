import { MAX_MESSAGE_BYTES, MessageTooLargeError } from './message-bus.ts';

/** @throws MessageTooLargeError */
export function checkMessageSize(data: Uint8Array): void {
  if (data.byteLength > MAX_MESSAGE_BYTES)
    throw new MessageTooLargeError(`${data.byteLength} bytes are more than a message holds`);
}
