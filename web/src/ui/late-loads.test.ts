import { expect, it, vi } from 'vitest';
import { loadLateParts, loadLater } from './late-loads';

it('loads what comes later when there is time, and what is noted after that at once', async () => {
  const first = vi.fn(async () => undefined);
  loadLater(first);
  expect(first).not.toHaveBeenCalled();
  loadLateParts();
  expect(first).toHaveBeenCalledOnce();
  const inner = vi.fn(async () => undefined);
  loadLater(inner);
  expect(inner).toHaveBeenCalledOnce();
});

it('asks again for what did not come, together with what comes next', async () => {
  const load = vi.fn<() => Promise<unknown>>(async () => undefined);
  load.mockRejectedValueOnce(new TypeError('no line'));
  loadLater(load);
  await Promise.resolve();
  await Promise.resolve();
  loadLateParts();
  expect(load).toHaveBeenCalledTimes(2);
  loadLateParts();
  expect(load).toHaveBeenCalledTimes(2);
});
