import { enableAutoUnmount, flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { fakeServer } from '@/api/test/server';
import { problems } from '@/features/problems/problems';
import { useSession } from '@/features/session/store';
import { button, press } from '@/ui/test/finding';
import type { MessageRow } from '../rows';
import { message } from '../test/log-events';
import { saveItem } from './menu';
import SavedPanel from './SavedPanel.vue';

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function signIn(): void {
  const user = { userId: 7, name: 'Alex', kind: 'member' } as const;
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
}

const saved = (seq: number) => ({ message: message(seq), at: 5 });

it('lists what was saved, page by page, and lets go of it', async () => {
  const server = fakeServer({
    'GET saved?limit=50': { saved: [saved(9), saved(4)], next: 2 },
    'GET saved?limit=50&before=2': { saved: [saved(1)] },
    [`DELETE saved/${GENERAL}/4`]: undefined,
  });
  signIn();
  const view = mount(SavedPanel, {
    props: { room: GENERAL },
    attachTo: document.body,
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
  await flushPromises();
  expect(view.findAll('li')).toHaveLength(2);
  expect(view.getComponent(RouterLinkStub).props('to')).toMatchObject({ params: { seq: 9 } });
  await press(view, 'Show more');
  await flushPromises();
  expect(view.findAll('li')).toHaveLength(3);
  expect(() => button(view, 'Show more')).toThrow();
  await view.findAll('li button')[1]?.trigger('click');
  await flushPromises();
  expect(server.said(`DELETE saved/${GENERAL}/4`)).toHaveLength(1);
  expect(view.findAll('li')).toHaveLength(2);
});

it('is in the menu of a message, and says where it is kept', async () => {
  const answers: Record<string, unknown> = {
    'GET saved?limit=50': { saved: [] },
    [`PUT saved/${GENERAL}/5`]: undefined,
    [`DELETE saved/${GENERAL}/5`]: undefined,
  };
  const server = fakeServer(answers);
  signIn();
  const row = { seq: 5 } as MessageRow;
  const [item] = saveItem(GENERAL, row);
  expect(item?.label).toBe('Save for later');
  await flushPromises();
  answers['GET saved?limit=50'] = { saved: [saved(5)] };
  item?.select();
  await flushPromises();
  expect(server.said(`PUT saved/${GENERAL}/5`)).toHaveLength(1);
  expect(problems.shown.value.map(({ text }) => text)).toContainEqual(
    expect.stringContaining('Saved.'),
  );
  const [again] = saveItem(GENERAL, row);
  expect(again?.label).toBe('Remove from saved messages');
  again?.select();
  await flushPromises();
  expect(saveItem(GENERAL, row)[0]?.label).toBe('Save for later');
  expect(saveItem(GENERAL, { seq: null } as MessageRow)).toEqual([]);
});
