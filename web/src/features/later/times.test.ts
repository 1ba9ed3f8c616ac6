import { expect, it } from 'vitest';
import { chosenTime, fieldValue, usualTimes } from './times';

const at = (text: string) => new Date(text).getTime();
const named = (now: string) =>
  Object.fromEntries(usualTimes(at(now)).map((time) => [time.name, fieldValue(time.at)]));

it('knows what later means', () => {
  // A Wednesday.
  expect(named('2026-03-04T23:50')).toEqual({
    soon: '2026-03-05T00:10',
    hour: '2026-03-05T00:50',
    tomorrow: '2026-03-05T09:00',
    monday: '2026-03-09T09:00',
  });
  expect(named('2026-03-09T08:00').monday).toBe('2026-03-16T09:00');
  expect(named('2026-03-08T08:00')).not.toHaveProperty('monday');
});

it('takes a moment that is to come', () => {
  const now = at('2026-03-04T12:00');
  expect(chosenTime('2026-03-04T12:01', now)).toBe(at('2026-03-04T12:01'));
  for (const value of ['', '2026-03-04T12:00', '2020-01-01T00:00', 'soon']) {
    expect(chosenTime(value, now)).toBeUndefined();
  }
});
