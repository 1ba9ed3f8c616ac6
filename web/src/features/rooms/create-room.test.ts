import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import CreateRoomDialog from './CreateRoomDialog.vue';
import { useRooms } from './store';

const push = vi.fn();
vi.mock('vue-router', () => ({ useRouter: () => ({ push }) }));
let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  push.mockReset();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  HTMLDialogElement.prototype.showModal ??= function open(this: HTMLDialogElement) {
    this.open = true;
  };
});

/** Asks for a room, and answers with what lets the server say yes. */
async function creating() {
  let agree: () => void = () => undefined;
  vi.spyOn(useRooms(), 'create').mockReturnValue(
    new Promise((resolve) => {
      agree = resolve as () => void;
    }),
  );
  const wrapper = mount(CreateRoomDialog, { props: { open: true } });
  await flushPromises();
  await wrapper.get('input').setValue('Coffee');
  await wrapper.get('form').trigger('submit');
  return { wrapper, agree: () => agree() };
}

describe('a new room', () => {
  it('is shown when it is there', async () => {
    const { agree } = await creating();
    agree();
    await flushPromises();
    expect(push).toHaveBeenCalledExactlyOnceWith({ name: 'room', params: { room: 'coffee' } });
  });

  it('takes nobody away who has closed the dialog meanwhile', async () => {
    const { wrapper, agree } = await creating();
    await wrapper.setProps({ open: false });
    agree();
    await flushPromises();
    expect(push).not.toHaveBeenCalled();
  });
});
