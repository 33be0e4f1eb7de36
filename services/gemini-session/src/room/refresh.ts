/** Looks again whenever it is asked to. Asked while it looks, it looks once more afterwards: what it sees may be older than the question. */
export class Refresh {
  private readonly look: () => Promise<void>;
  private looking = false;
  private asked = false;

  /** `look` never rejects. */
  constructor(look: () => Promise<void>) {
    this.look = look;
  }

  ask(): void {
    this.asked = true;
    if (!this.looking) void this.run();
  }

  private async run(): Promise<void> {
    this.looking = true;
    while (this.asked) {
      this.asked = false;
      await this.look();
    }
    // In the step that found nothing asked: a question that comes a moment later must begin anew.
    this.looking = false;
  }
}
