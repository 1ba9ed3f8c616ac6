import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope, nextTick } from 'vue';
import { startOfDay } from './day-clock';
import { useToday } from './use-today';

const MIDNIGHT = new Date(2026, 2, 2).getTime();

describe('today', () => {
  let scope: EffectScope;
  let today: ReturnType<typeof useToday>;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(MIDNIGHT - 30_000);
    scope = effectScope();
    scope.run(() => {
      today = useToday();
    });
  });
  afterEach(() => {
    scope.stop();
    vi.useRealTimers();
  });

  it('is the new day within a minute after midnight', () => {
    const before = today.value;
    vi.advanceTimersByTime(29_999);
    expect(today.value).toBe(before);
    vi.advanceTimersByTime(60_001);
    expect(startOfDay(today.value)).toBe(MIDNIGHT);
  });

  it('is the new day as soon as the page is looked at again', async () => {
    const visible = vi.spyOn(document, 'visibilityState', 'get');
    for (const [state, at] of [
      ['hidden', MIDNIGHT - 20_000],
      ['visible', MIDNIGHT + 8 * 3_600_000],
    ] as const) {
      visible.mockReturnValue(state);
      vi.setSystemTime(at);
      document.dispatchEvent(new Event('visibilitychange'));
      await nextTick();
    }
    expect(startOfDay(today.value)).toBe(MIDNIGHT);
  });
});
