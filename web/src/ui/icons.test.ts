import { expect, it, vi } from 'vitest';
import { pathOf } from './icons';

it('brings an icon that the first view does without when it is asked for', async () => {
  expect(pathOf('hash')).toMatch(/^M/);
  expect(pathOf('clock')).toBeUndefined();
  await vi.dynamicImportSettled();
  expect(pathOf('clock')).toMatch(/^M/);
});
