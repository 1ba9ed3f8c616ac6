import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, expect, it, vi } from 'vitest';
import TimeDialog from './TimeDialog.vue';

enableAutoUnmount(afterEach);

it('tries again by the same key, and by another one when it is opened again', async () => {
  setActivePinia(createPinia());
  const act = vi.fn(async (_at: number, _key: string) => {
    throw new Error('no answer');
  });
  const dialog = mount(TimeDialog, {
    props: { open: true, heading: 'When?', act },
    attachTo: document.body,
  });
  const take = async () => {
    await dialog.get('.time').trigger('click');
    await flushPromises();
  };
  await take();
  await take();
  await dialog.setProps({ open: false });
  await dialog.setProps({ open: true });
  await take();
  const [first, repeat, other] = act.mock.calls.map(([, key]) => key);
  expect(first).toMatch(/^[A-Za-z0-9-]{1,64}$/);
  expect(repeat).toBe(first);
  expect(other).toMatch(/^[A-Za-z0-9-]{1,64}$/);
  expect(other).not.toBe(first);
});
