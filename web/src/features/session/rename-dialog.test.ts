import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import RenameDialog from './RenameDialog.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

it.each(['the name', 'a refusal'])(
  '%s that comes late leaves the next visit alone',
  async (what) => {
    let answer = () => {};
    connection.answer = () =>
      new Promise((resolve, reject) => {
        const user = { userId: 7, name: 'Alexandra', kind: 'guest' };
        answer = () =>
          what === 'the name' ? resolve({ type: 'renamed', user }) : reject(new Error('taken'));
      });
    const dialog = mount(RenameDialog, { props: { open: true }, attachTo: document.body });
    await dialog.get('input').setValue('Alexandra');
    await dialog.get('form').trigger('submit');
    await dialog.setProps({ open: false });
    await dialog.setProps({ open: true });
    answer();
    await flushPromises();
    expect(dialog.emitted('update:open')).toBeUndefined();
    expect(dialog.find('[role=alert]').exists()).toBe(false);
  },
);
