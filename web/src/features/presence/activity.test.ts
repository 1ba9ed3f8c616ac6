import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Activity } from './activity';

const MINUTE = 60_000;

describe('activity', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watched() {
    const told: boolean[] = [];
    const activity = new Activity(
      (away) => told.push(away),
      () => performance.now(),
    );
    return { activity, told };
  }

  it('ends after five minutes, and is told once', () => {
    const { told } = watched();
    vi.advanceTimersByTime(5 * MINUTE - 1);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(20 * MINUTE);
    expect(told).toEqual([true]);
  });

  it('goes on with each sign of life', () => {
    const { activity, told } = watched();
    for (let minute = 0; minute < 12; minute += 4) {
      vi.advanceTimersByTime(4 * MINUTE);
      activity.note();
    }
    expect(told).toEqual([]);
  });

  it('begins again with the next sign of life', () => {
    const { activity, told } = watched();
    vi.advanceTimersByTime(5 * MINUTE);
    activity.note();
    expect(told).toEqual([true, false]);
    vi.advanceTimersByTime(5 * MINUTE);
    expect(told).toEqual([true, false, true]);
  });
});
