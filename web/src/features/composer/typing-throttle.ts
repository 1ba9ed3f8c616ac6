export const TYPING_INTERVAL_MS = 3_000;

/** Lets one "is typing" through per interval and room. A message sent ends it, so that the next letter tells at once. */
export class TypingThrottle {
  private readonly toldAt = new Map<number, number>();

  /** The clock is one that nobody sets: with one set back, nothing would be let through for as long. */
  constructor(private readonly now: () => number) {}

  shouldTell(room: number): boolean {
    const told = this.toldAt.get(room);
    const now = this.now();
    if (told !== undefined && now - told < TYPING_INTERVAL_MS) {
      return false;
    }
    this.toldAt.set(room, now);
    return true;
  }

  ended(room: number): void {
    this.toldAt.delete(room);
  }
}
