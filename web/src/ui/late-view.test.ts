import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { useLateView } from './late-view';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('is loaded when it is wanted, and asked for until it comes', async () => {
  const View = { render: () => null };
  const load = vi.fn(async () => ({ default: View }));
  load.mockRejectedValueOnce(new TypeError('no line'));
  const wanted = ref(false);
  const view = useLateView(load, () => wanted.value);
  expect(load).not.toHaveBeenCalled();
  wanted.value = true;
  await nextTick();
  wanted.value = false;
  await nextTick();
  wanted.value = true;
  await vi.advanceTimersByTimeAsync(1_999);
  expect(load).toHaveBeenCalledOnce();
  expect(view.value).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(view.value).toBe(View);
  expect(load).toHaveBeenCalledTimes(2);
});
