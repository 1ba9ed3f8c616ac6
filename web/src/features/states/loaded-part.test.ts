import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { t } from '@/locales';
import LoadedPart from './LoadedPart.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

const part = (props: Record<string, unknown> = {}) =>
  mount(LoadedPart, {
    props: { view: 'pins', loaded: false, ...props },
    slots: { default: () => 'A pin' },
  });

it('says what there is, or that there is nothing', async () => {
  const wrapper = part();
  expect(wrapper.find('.skeleton').exists()).toBe(true);
  await wrapper.setProps({ loaded: true, empty: true });
  expect(wrapper.get('[role=status]').text()).toContain('Nothing is pinned');
  await wrapper.setProps({ empty: false });
  expect(wrapper.text()).toBe('A pin');
});

it('keeps its button while it tries again, and says what came of it', async () => {
  const wrapper = part({ error: 'Busy.' });
  await wrapper.get('button').trigger('click');
  expect(wrapper.emitted('retry')).toHaveLength(1);
  await wrapper.setProps({ error: '' });
  expect(wrapper.get('button').attributes('aria-busy')).toBe('true');
  expect(wrapper.text()).toContain('Busy.');
  await wrapper.setProps({ error: 'Still busy.' });
  expect(wrapper.text()).toContain('Still busy.');
  expect(wrapper.find('[aria-busy=true]').exists()).toBe(false);
});

it('offers nothing where it would be refused again', () => {
  expect(part({ error: 'No.', refused: true }).find('button').exists()).toBe(false);
});

it('tries again by itself when the line is back, and only then', async () => {
  connection.state = { name: 'waiting' };
  const busy = part({ error: 'Busy.' });
  const lost = part({ error: t('errors.connection') });
  connection.state = { name: 'live' };
  await flushPromises();
  expect(busy.emitted('retry')).toBeUndefined();
  expect(lost.emitted('retry')).toHaveLength(1);
});
