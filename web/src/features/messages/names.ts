import type { LogEvent } from '@/api/generated/protocol';

/** The newest name known of each person who appears in a room's log; it holds for all of that person's lines. */
export class NameIndex {
  private readonly names = new Map<number, { name: string; seq: number }>();
  /** Grows when a name that was told before has changed: rows made with the old one are out of date. */
  version = 0;

  /** Each event tells the author's name at the time of `seq`; the one with the highest `seq` is right. */
  note(event: LogEvent): void {
    const known = this.names.get(event.userId);
    if (known !== undefined && event.seq < known.seq) {
      return;
    }
    if (known !== undefined && known.name !== event.name) {
      this.version += 1;
    }
    this.names.set(event.userId, { name: event.name, seq: event.seq });
  }

  nameOf(userId: number, fallback: string): string {
    return this.names.get(userId)?.name ?? fallback;
  }
}
