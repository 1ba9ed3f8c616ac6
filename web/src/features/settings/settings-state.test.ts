import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { nextTick, reactive } from 'vue';
import { useOwnSettings } from '@/features/notifications/own-settings';
import SettingsState from './SettingsState.vue';

const connection = reactive({ lost: false, state: { name: 'live' }, wake: vi.fn(), on: vi.fn() });
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  connection.lost = false;
  setActivePinia(createPinia());
});

it('says what other devices have of the settings, and nothing when they have all', async () => {
  const settings = useOwnSettings();
  const refresh = vi.spyOn(settings, 'refresh').mockResolvedValue();
  const place = mount(SettingsState).get('[role=status]');
  expect(place.text()).toContain('The server is asked');
  settings.error = 'Busy.';
  await nextTick();
  expect(place.text()).toContain('Busy.');
  await place.get('button').trigger('click');
  expect(refresh).toHaveBeenCalledOnce();
  connection.lost = true;
  await nextTick();
  expect(place.text()).toContain('No connection');
  await place.get('button').trigger('click');
  expect(connection.wake).toHaveBeenCalledOnce();
  connection.lost = false;
  settings.error = '';
  settings.loaded = true;
  await nextTick();
  expect(place.text()).toBe('');
});
