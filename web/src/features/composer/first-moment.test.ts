import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { useMessages } from '@/features/messages';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import MessageComposer from './MessageComposer.vue';

let connection: FakeConnection;
let arrive = (): void => undefined;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));
vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }));
vi.mock('./typing-tools', async (original) => {
  await new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return original();
});

beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: 7, name: 'Alex', kind: 'guest' } });
});

it('has a text wait for what makes emoji of it, and sends it once', async () => {
  const wrapper = mount(MessageComposer, { props: { room: GENERAL, label: '#general' } });
  const send = vi.spyOn(useMessages(), 'send');
  const field = wrapper.get('textarea');
  await field.setValue('so :smile:');
  await field.trigger('keydown', { key: 'Enter' });
  await field.trigger('keydown', { key: 'Enter' });
  await flushPromises();
  expect(send).not.toHaveBeenCalled();
  expect(field.element.value).toBe('so :smile:');
  arrive();
  await vi.waitFor(() => expect(send).toHaveBeenCalledExactlyOnceWith(GENERAL, 'so 😄', {}));
  expect(field.element.value).toBe('');
});
