import { describe, expect, it } from 'vitest';
import { backoffMs, restartDelayMs } from './backoff';

const lowest = () => 0;
const highest = () => 1;

describe('backoff', () => {
  it('doubles its ceiling up to thirty seconds', () => {
    const ceilings = [0, 1, 2, 3, 4, 5, 60].map((failures) => backoffMs(failures, highest));
    expect(ceilings).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('never waits less than a second', () => {
    expect([0, 5, 60].map((failures) => backoffMs(failures, lowest))).toEqual([
      1_000, 1_000, 1_000,
    ]);
  });

  it('spreads the waits over the whole range', () => {
    expect(backoffMs(4, () => 0.5)).toBe(15_500);
  });

  it('comes back within a second of a restart', () => {
    expect([restartDelayMs(lowest), restartDelayMs(highest)]).toEqual([0, 1_000]);
  });
});
