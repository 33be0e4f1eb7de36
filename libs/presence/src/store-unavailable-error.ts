/** The store cannot be reached or has not answered in time; whether the operation took place is not known. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
