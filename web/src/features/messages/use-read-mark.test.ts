import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { useReadMark } from './use-read-mark';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the read mark', () => {
  it('is told within a second, also when somebody sets the clock back', async () => {
    const seen = ref<number | null>(1);
    const told: number[] = [];
    const scope = effectScope();
    scope.run(() =>
      useReadMark({ seen: () => seen.value, mark: () => undefined, tell: (seq) => told.push(seq) }),
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([1]);
    vi.setSystemTime(Date.now() - 7_200_000);
    seen.value = 2;
    await nextTick();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([1, 2]);
    scope.stop();
  });
});
