import { enableAutoUnmount, flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import type { RoomReport } from '@/api/admin';
import { fakeServer, Refused } from '@/api/test/server';
import { useSession } from '@/features/session/store';
import { field, press } from '@/ui/test/finding';
import AccountBans from './AccountBans.vue';
import RoomReports from './RoomReports.vue';
import ServerSettings from './ServerSettings.vue';

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function show(page: Component, answers: Record<string, unknown>) {
  const server = fakeServer(answers);
  const user = { userId: 7, name: 'Alex', kind: 'member', role: 'owner' } as const;
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
  const global = { stubs: { RouterLink: RouterLinkStub } };
  const view = mount(page, { attachTo: document.body, global });
  await flushPromises();
  return { server, view, rows: () => view.findAll('li').map((row) => row.text()) };
}

it('lists who is banned from the server, and lets them come again', async () => {
  const by = { userId: 7, name: 'Alex' };
  const { server, view, rows } = await show(AccountBans, {
    'GET admin/bans': {
      bans: [
        { user: { userId: 9, name: 'Sam' }, by, at: 1, reason: 'Spam' },
        { user: { userId: 10, name: 'Kim' }, by, at: 1, until: Date.now() + 60_000 },
      ],
    },
    'DELETE admin/bans/9': undefined,
  });
  expect(rows()[0]).toMatch(/Sam.*By Alex.*for ever.*Spam/s);
  expect(rows()[1]).toMatch(/Kim.*until/s);
  await press(view, 'End the ban of Sam');
  await flushPromises();
  expect(server.said('DELETE admin/bans/9')).toHaveLength(1);
  expect(rows()).toHaveLength(1);
});

it('lists the rooms with what is in them, and leads there', async () => {
  const tea: RoomReport = {
    room: 4,
    kind: 'private',
    title: 'Tea',
    archived: true,
    members: 1,
    events: 12,
    creator: { userId: 9, name: 'Sam' },
    createdAt: 1,
  };
  const { view, rows } = await show(RoomReports, {
    'GET admin/rooms?limit=50&q=': { rooms: [tea] },
    'GET admin/rooms?limit=50&q=none': { rooms: [] },
  });
  expect(rows()[0]).toMatch(
    /Tea.*private · archived · 1 person · 12 entries.*made by Sam · no messages yet/s,
  );
  const link = view.getComponent(RouterLinkStub);
  expect(link.props('to')).toEqual({ name: 'room', params: { room: 4 } });
  vi.useFakeTimers();
  await field(view, 'Search rooms').setValue('none');
  vi.advanceTimersByTime(300);
  vi.useRealTimers();
  await flushPromises();
  expect(view.text()).toContain('No room is called like that');
});

it('tells how the server is set up, in words and by the names of the options', async () => {
  const settings = [
    { name: 'guests', value: 'on' },
    { name: 'oidc-only', value: 'false' },
    { name: 'oidc-issuer', value: '' },
    { name: 'of-a-newer-server', value: '7' },
  ];
  const answer = { version: '1.2.3', storage: 'sqlite', nodes: 1, settings };
  const { view } = await show(ServerSettings, { 'GET admin/settings': answer });
  expect(view.text()).toContain('Chinwag 1.2.3 on sqlite, one node.');
  const shown = view.findAll('.setting').map((each) => each.text());
  expect(shown).toEqual([
    expect.stringMatching(/Guests come in by a name alone guests\s*On/),
    expect.stringMatching(/Sign-in by the provider only oidc-only\s*Off/),
    expect.stringMatching(/Provider of sign-ins oidc-issuer\s*Not set/),
    expect.stringMatching(/of-a-newer-server of-a-newer-server\s*7/),
  ]);
});

it('says when the settings do not come, and asks again', async () => {
  const { view } = await show(ServerSettings, { 'GET admin/settings': new Refused(503, 'busy') });
  expect(view.get('[role=alert]').text()).toContain('The server is busy. Try again.');
});
