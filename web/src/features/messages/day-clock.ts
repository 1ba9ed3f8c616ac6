/**
 * Tells where one local day ends and the next begins in a run of times. The bounds of the current day are kept, since
 * asking the time zone for each of thousands of messages would be most of the work of a merge.
 */
export class DayClock {
  private start = Number.NaN;
  private end = Number.NaN;

  entersNewDay(at: number): boolean {
    if (this.start <= at && at < this.end) {
      return false;
    }
    this.start = startOfDay(at);
    const next = new Date(this.start);
    // By the calendar: a day may have 23 or 25 hours.
    next.setDate(next.getDate() + 1);
    this.end = next.getTime();
    return true;
  }

  continueFrom(other: DayClock): void {
    this.start = other.start;
    this.end = other.end;
  }
}

export function startOfDay(at: number): number {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}
