import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { shortcuts } from '@/features/shortcuts';
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

it('puts marks around what was selected, though what does that was not there when the key was pressed', async () => {
  const wrapper = mount(MessageComposer, {
    props: { room: GENERAL, label: '#general' },
    attachTo: document.body,
  });
  const field = wrapper.get('textarea');
  await field.setValue('so');
  field.element.setSelectionRange(0, 2);
  field.element.addEventListener('keydown', (event) => shortcuts.handle(event));
  await field.trigger('keydown', { key: 'b', code: 'KeyB', ctrlKey: true });
  await flushPromises();
  expect(field.element.value).toBe('so');
  arrive();
  await vi.waitFor(() => expect(field.element.value).toBe('**so**'));
  wrapper.unmount();
});
