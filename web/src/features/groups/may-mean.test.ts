import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { useSession } from '@/features/session/store';
import { mayMean } from './may-mean';

it('is so of an own group, and of one that is not known yet', async () => {
  setActivePinia(createPinia());
  const groups = [
    { name: 'design', people: 2, mine: true },
    { name: 'ops', people: 1, mine: false },
  ];
  const ask = vi.spyOn(useSession(), 'ask').mockResolvedValue({ groups });
  const all = () => ['<@&design>', '<@&ops>', '<@&nobody>', '<@7> design'].map(mayMean);
  expect(all()).toEqual([true, true, true, false]);
  await flushPromises();
  expect(all()).toEqual([true, false, false, false]);
  expect(ask).toHaveBeenCalledTimes(1);
});
