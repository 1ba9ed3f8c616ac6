export const TYPING_INTERVAL_MS = 3_000;

/** Lets one "is typing" through per interval and room. A message sent ends it, so that the next letter tells at once. */
export class TypingThrottle {
  private readonly toldAt = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  shouldTell(room: string): boolean {
    const told = this.toldAt.get(room);
    const now = this.now();
    if (told !== undefined && now - told < TYPING_INTERVAL_MS) {
      return false;
    }
    this.toldAt.set(room, now);
    return true;
  }

  ended(room: string): void {
    this.toldAt.delete(room);
  }
}
