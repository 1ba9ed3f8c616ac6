import { afterEach, describe, expect, it } from 'vitest';
import { DayClock } from './day-clock';
import { moveTo } from './test/in-zone';
import { dayName } from './times';

const HOUR = 3_600_000;

afterEach(() => moveTo());

/** The hours at which a day begins, as the zone counts them, among all half hours of some days. */
function dayBeginnings(timeZone: string, from: string, days: number): string[] {
  moveTo(timeZone);
  const clock = new DayClock();
  const start = Date.parse(from);
  const written = new Intl.DateTimeFormat('sv', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  });
  return Array.from({ length: days * 48 }, (_, index) => start + (index * HOUR) / 2)
    .filter((at) => clock.entersNewDay(at))
    .slice(1)
    .map((at) => written.format(at));
}

describe('a day begins', () => {
  it.each([
    // Midnight does not exist on 24 April.
    [
      'Africa/Cairo',
      '2026-04-22T12:00:00Z',
      ['2026-04-23 00:00', '2026-04-24 01:00', '2026-04-25 00:00'],
    ],
    // It comes twice on the night before 30 October.
    [
      'Africa/Cairo',
      '2026-10-28T12:00:00Z',
      ['2026-10-29 00:00', '2026-10-30 00:00', '2026-10-31 00:00'],
    ],
    [
      'America/Havana',
      '2026-10-30T12:00:00Z',
      ['2026-10-31 00:00', '2026-11-01 00:00', '2026-11-02 00:00'],
    ],
    [
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      ['2026-03-29 00:00', '2026-03-30 00:00', '2026-03-31 00:00'],
    ],
    // There was no 30 December.
    [
      'Pacific/Apia',
      '2011-12-28T22:00:00Z',
      ['2011-12-29 00:00', '2011-12-31 00:00', '2012-01-01 00:00'],
    ],
  ])('at its first moment in %s, %s', (timeZone, from, beginnings) => {
    expect(dayBeginnings(timeZone, from, 4).slice(0, 3)).toEqual(beginnings);
  });

  it('and the one before is yesterday, even without a midnight', () => {
    moveTo('Africa/Cairo');
    const noon = Date.parse('2026-04-24T09:00:00Z');
    expect(dayName(noon - 24 * HOUR, noon)).toBe('Yesterday');
    expect(dayName(noon - 24 * HOUR, noon + 24 * HOUR)).not.toBe('Yesterday');
    expect(dayName(noon, noon + 24 * HOUR)).toBe('Yesterday');
  });
});
