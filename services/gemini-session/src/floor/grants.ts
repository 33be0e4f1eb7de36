/**
 * Grants of one owner: a lease lasts for milliseconds, and a token is at least the milliseconds since the epoch, so that the product stays
 * exact for centuries and the next owner's numbers are higher.
 */
const GRANTS_PER_TOKEN = 1_000;

/** Numbers each time that the floor is given to somebody; they grow from owner to owner of the room, so that an old release is recognised. */
export class Grants {
  private latest = 0;
  private readonly first: number;

  /** `ownerToken` grows with every owner of the room. */
  constructor(ownerToken: number) {
    this.first = ownerToken * GRANTS_PER_TOKEN;
  }

  /** The newest; 0 when the floor was not given to anybody yet. */
  get current(): number {
    return this.latest;
  }

  next(): number {
    this.latest = Math.max(this.latest, this.first) + 1;
    return this.latest;
  }
}
