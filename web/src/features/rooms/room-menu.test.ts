import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { COFFEE } from '@/api/test/rooms';
import { teachPopover } from '@/ui/test/popover';
import RoomMenu from './RoomMenu.vue';
import { type Room, unvisitedRoom } from './room';

vi.mock('vue-router', () => ({ useRouter: () => ({}) }));
enableAutoUnmount(afterEach);
beforeEach(() => {
  teachPopover();
  setActivePinia(createPinia());
});

function menu(fields: Partial<Room>) {
  const place = { room: COFFEE, slug: 'coffee', title: 'Coffee', topic: '' };
  const wrapper = mount(RoomMenu, {
    props: { room: { ...unvisitedRoom(place), ...fields } },
    attachTo: document.body,
  });
  const button = (text: string) => wrapper.findAll('button').find((found) => found.text() === text);
  return {
    wrapper,
    press: async (text: string) => {
      await button(text)?.trigger('click');
      await vi.dynamicImportSettled();
      await flushPromises();
    },
    items: async () => {
      await wrapper.find('[aria-label="More about Coffee"]').trigger('click');
      return wrapper.findAll('[role=menuitem]').map((item) => item.text());
    },
  };
}

it('has the settings for an owner, and people and the way out for whoever is in the room', async () => {
  const all = ['Settings…', 'People and roles…', 'Leave room…'];
  expect(await menu({ member: true, role: 'owner' }).items()).toEqual(all);
  expect(await menu({ member: true, role: 'member' }).items()).toEqual(all.slice(1));
  expect(menu({ member: false }).wrapper.find('button').exists()).toBe(false);
});

it('has nothing for a conversation of two, and no settings for one of a few', async () => {
  const few = { member: true, role: 'owner', slug: undefined } as const;
  expect(
    menu({ ...few, kind: 'direct' })
      .wrapper.find('button')
      .exists(),
  ).toBe(false);
  expect(await menu({ ...few, kind: 'group', slug: 'coffee' }).items()).toEqual([
    'People and roles…',
    'Leave room…',
  ]);
});

it('asks before somebody leaves', async () => {
  const { wrapper, items, press } = menu({ member: true, role: 'member' });
  await items();
  await press('Leave room…');
  expect(wrapper.get('dialog h2').text()).toBe('Leave Coffee?');
  expect(wrapper.emitted('leave')).toBeUndefined();
  await press('Cancel');
  expect(wrapper.emitted('leave')).toBeUndefined();
  await items();
  await press('Leave room…');
  await wrapper.get('dialog form').trigger('submit');
  expect(wrapper.emitted('leave')).toHaveLength(1);
  expect(wrapper.find('dialog form').exists()).toBe(false);
});
