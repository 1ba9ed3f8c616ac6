import { expect, it } from 'vitest';
import { FOR_EVER, readMuteTime } from './mute-times';

const NOW = new Date(2026, 10, 30, 13, 0).getTime();
const MINUTE = 60_000;

it.each([
  ['', FOR_EVER],
  ['1h', NOW + 60 * MINUTE],
  ['30 m', NOW + 30 * MINUTE],
  ['2 days', NOW + 2 * 24 * 60 * MINUTE],
  ['until 14:00', NOW + 60 * MINUTE],
  ['bis 14.30', NOW + 90 * MINUTE],
  ['until 12:00', new Date(2026, 11, 1, 12, 0).getTime()],
  ['until tomorrow', new Date(2026, 11, 1, 9, 0).getTime()],
  ['morgen', new Date(2026, 11, 1, 9, 0).getTime()],
  ['0h', null],
  ['until 25:00', null],
  ['a while', null],
])('%j', (typed, until) => {
  expect(readMuteTime(typed, NOW)).toBe(until);
});
