/** A day has 23 to 25 hours, and where a clock is put forward at midnight it begins at one. */
const A_DAY_AND_A_HALF = 36 * 3_600_000;

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
    this.end = startOfDay(this.start + A_DAY_AND_A_HALF);
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

export function startOfDayBefore(at: number): number {
  return startOfDay(startOfDay(at) - 1);
}
