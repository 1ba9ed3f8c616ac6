/** The last moment of the year 9999 stands for "until it is ended", as the server says it, too. */
export const FOR_EVER = 253_402_300_799_000;

export const MUTE_TIMES = ['hour', 'hours', 'tomorrow', 'week', 'ever'] as const;
export type MuteTime = (typeof MUTE_TIMES)[number];

const HOUR = 3_600_000;

/** When a time of mute ends that begins now. */
export function endOf(time: MuteTime, now: number): number {
  switch (time) {
    case 'hour':
      return now + HOUR;
    case 'hours':
      return now + 8 * HOUR;
    case 'tomorrow':
      return morning(now, 1);
    case 'week':
      return morning(now, 7);
    case 'ever':
      return FOR_EVER;
  }
}

/** Nine o'clock in as many days. */
function morning(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 9).getTime();
}

const UNITS = { m: 60_000, h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR } as const;
const SPAN = /^(?<count>\d{1,4})\s*(?<unit>[mhdw])[a-z]*$/u;
const TIME = /^(?:until\s+|bis\s+)?(?<hour>[01]?\d|2[0-3])[:.](?<minute>[0-5]\d)$/u;
const TOMORROW = /^(?:until\s+|bis\s+)?(?:tomorrow|morgen)$/u;

/** Reads "1h", "30m", "until 14:00" or "until tomorrow" behind a command. Nothing is for ever; null is none of it. */
export function readMuteTime(typed: string, now: number): number | null {
  const text = typed.trim().toLowerCase();
  if (text === '') {
    return FOR_EVER;
  }
  if (TOMORROW.test(text)) {
    return endOf('tomorrow', now);
  }
  const span = SPAN.exec(text)?.groups;
  if (span !== undefined) {
    const count = Number(span.count);
    return count === 0 ? null : now + count * UNITS[span.unit as keyof typeof UNITS];
  }
  const time = TIME.exec(text)?.groups;
  if (time === undefined) {
    return null;
  }
  const date = new Date(now);
  const at = (days: number) =>
    new Date(
      date.getFullYear(),
      date.getMonth(),
      date.getDate() + days,
      Number(time.hour),
      Number(time.minute),
    ).getTime();
  return at(0) > now ? at(0) : at(1);
}
