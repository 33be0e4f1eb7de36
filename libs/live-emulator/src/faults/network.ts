/** The way to the emulator, as an outage takes hold of it. */
export interface Network {
  /** Cuts every connection and refuses new ones as if nothing listened there. */
  down(): void;
  up(): void;
}
