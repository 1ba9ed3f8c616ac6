import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { fakeServer } from '@/api/test/server';
import { message, OWN_USER_ID, SAM } from '@/features/messages/test/log-events';
import { useSession } from '@/features/session/store';
import ActivityPanel from './ActivityPanel.vue';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});
afterEach(() => vi.unstubAllGlobals());

it('names whoever wrote once, and the author too where somebody else did something', async () => {
  const by = { userId: SAM, name: 'Sam', kind: 'member' };
  const own = message(4, { userId: OWN_USER_ID, name: 'Alex' });
  fakeServer({
    'GET activity?limit=50': {
      activity: [
        { id: 2, kind: 'mention', by, at: 5, message: message(9) },
        { id: 1, kind: 'reaction', emoji: '👍', by, at: 4, message: own },
      ],
    },
  });
  const user = { userId: OWN_USER_ID, name: 'Alex', kind: 'member' } as const;
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
  const view = mount(ActivityPanel, {
    props: { room: GENERAL },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
  await flushPromises();
  const [mention, reaction] = view.findAll('li').map((each) => each.text());
  expect(mention?.match(/Sam/g)).toHaveLength(1);
  expect(mention).toContain('message 9');
  expect(reaction).toMatch(/Sam.*reacted with 👍.*Alex/s);
  view.unmount();
});
