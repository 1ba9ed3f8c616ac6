const MINUTE = 60_000;
const MORNING = 9;

export type UsualTime = 'soon' | 'hour' | 'tomorrow' | 'monday';

/** What people mean by later, each with its moment. */
export function usualTimes(now: number): readonly { name: UsualTime; at: number }[] {
  const tomorrow = morningIn(now, 1);
  const monday = morningIn(now, (8 - new Date(now).getDay()) % 7 || 7);
  const times: { name: UsualTime; at: number }[] = [
    { name: 'soon', at: now + 20 * MINUTE },
    { name: 'hour', at: now + 60 * MINUTE },
    { name: 'tomorrow', at: tomorrow },
  ];
  return monday === tomorrow ? times : [...times, { name: 'monday', at: monday }];
}

/** Nine o'clock, so many days on; a day may have 23 or 25 hours. */
function morningIn(now: number, days: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(MORNING, 0, 0, 0);
}

/** A moment as a field for dates and times has it, by the clock of this device. */
export function fieldValue(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that such a field has; none for nothing, or what is over. */
export function chosenTime(value: string, now: number): number | undefined {
  const at = new Date(value).getTime();
  return Number.isNaN(at) || at <= now ? undefined : at;
}
