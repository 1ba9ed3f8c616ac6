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
  const [settings, ...rest] = ['Settings…', 'People and roles…', 'Leave room…'];
  const always = [
    'Pinned messages',
    'Files',
    'Notifications…',
    'Pin to the top of the list',
    'Move to a folder…',
  ];
  expect(await menu({ member: true, role: 'owner' }).items()).toEqual([
    ...always,
    settings,
    ...rest,
  ]);
  expect(await menu({ member: true, role: 'member' }).items()).toEqual([...always, ...rest]);
  expect(menu({ member: false }).wrapper.find('button').exists()).toBe(false);
});

it('leads only to what is pinned in a conversation of two, and has no settings for one of a few', async () => {
  const few = { member: true, role: 'owner', slug: undefined } as const;
  const two = menu({ ...few, kind: 'direct', slug: 'coffee' });
  expect(await two.items()).toEqual([
    'Pinned messages',
    'Files',
    'Notifications…',
    'Pin to the top of the list',
    'Move to a folder…',
  ]);
  await two.press('Pinned messages');
  expect(two.wrapper.emitted('pins')).toHaveLength(1);
  expect(await menu({ ...few, kind: 'group', slug: 'coffee' }).items()).toEqual([
    'Pinned messages',
    'Files',
    'Notifications…',
    'Pin to the top of the list',
    'Move to a folder…',
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
