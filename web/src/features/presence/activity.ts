const AWAY_AFTER_MS = 5 * 60_000;

/** Tells when a person falls silent for five minutes, and when he stirs again. */
export class Activity {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastAt = 0;
  away = false;

  constructor(
    private readonly onChange: (away: boolean) => void,
    /** Of a clock that nobody sets: with one set back, no movement would count for as long. */
    private readonly now: () => number,
  ) {
    this.note();
  }

  /** Called for every movement: a moving pointer must not set a timer each time. */
  note(): void {
    const now = this.now();
    if (!this.away && this.timer !== undefined && now - this.lastAt < 1_000) {
      return;
    }
    this.lastAt = now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.enter(true), AWAY_AFTER_MS);
    if (this.away) {
      this.enter(false);
    }
  }

  private enter(away: boolean): void {
    this.away = away;
    this.onChange(away);
  }
}
