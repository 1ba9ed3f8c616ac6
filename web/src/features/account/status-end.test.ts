import { expect, it } from 'vitest';
import { statusUntil } from './status-end';

const at = (text: string) => new Date(text).getTime();

it.each([
  ['halfHour', '2026-11-29T20:00', '2026-11-29T20:30'],
  ['hour', '2026-11-29T23:30', '2026-11-30T00:30'],
  ['fourHours', '2026-11-29T20:00', '2026-11-30T00:00'],
  ['today', '2026-11-29T00:00', '2026-11-30T00:00'],
  ['today', '2026-11-29T23:59', '2026-11-30T00:00'],
  ['week', '2026-11-29T20:00', '2026-12-06T20:00'],
] as const)('a status that is cleared by %s at %s goes at %s', (end, now, until) => {
  expect(statusUntil(end, at(now))).toBe(at(until));
});

it('may stay', () => {
  expect(statusUntil('never', 0)).toBeUndefined();
});
