import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { fakeServer, Refused } from '@/api/test/server';
import { unreadFirst } from '@/features/rooms/sidebar';
import { useSession } from '@/features/session/store';
import { density, motion } from '@/features/settings/look';
import { useOwnSettings } from './own-settings';
import { isMuted, wishes } from './wishes';

const SOON_MS = 300;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  setActivePinia(createPinia());
  density.value = 'roomy';
  motion.value = 'system';
  unreadFirst.value = false;
  wishes.value = {};
  const user = { userId: 7, name: 'Alex', kind: 'member' } as const;
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
});
afterEach(() => {
  useOwnSettings().$dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const kept = (revision: number, look = {}, rooms: object[] = []) => ({
  revision,
  settings: {
    look,
    notifications: { level: 'all', keywords: ['tea'] },
    privacy: { shareReads: true },
  },
  rooms,
});

it('tells of every change, of those too that are made while it tells', async () => {
  const answers: Record<string, unknown> = {
    'GET settings': kept(3, { density: 'dense' }),
    'PUT settings': { revision: 4 },
  };
  const server = fakeServer(answers);
  const settings = useOwnSettings();
  await settings.refresh();
  expect([density.value, settings.notifications.keywords]).toEqual(['dense', ['tea']]);
  motion.value = 'reduced';
  await vi.advanceTimersByTimeAsync(SOON_MS);
  unreadFirst.value = true;
  settings.set({ level: 'nothing' });
  await vi.advanceTimersByTimeAsync(SOON_MS);
  await flushPromises();
  const [first, second] = server.said('PUT settings').map(({ body }) => body);
  expect(first).toMatchObject({ revision: 3, settings: { look: { motion: 'reduced' } } });
  expect(second).toMatchObject({
    revision: 4,
    settings: {
      look: { density: 'dense', motion: 'reduced', unreadFirst: true },
      notifications: { level: 'nothing', keywords: ['tea'] },
    },
  });
});

it('puts what was changed here above what another device changed meanwhile', async () => {
  const answers: Record<string, unknown> = {
    'GET settings': kept(3),
    'PUT settings': new Refused(409, 'settings_changed'),
  };
  const server = fakeServer(answers);
  const settings = useOwnSettings();
  await settings.refresh();
  motion.value = 'reduced';
  answers['GET settings'] = kept(9, { density: 'dense', motion: 'system' });
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect([density.value, motion.value]).toEqual(['dense', 'reduced']);
  expect(server.said('PUT settings').at(-1)?.body).toMatchObject({
    revision: 9,
    settings: { look: { density: 'dense', motion: 'reduced' } },
  });
});

it('keeps what the server was not told before the page ended', async () => {
  fakeServer({ 'GET settings': kept(3) });
  const settings = useOwnSettings();
  await settings.refresh();
  motion.value = 'reduced';
  settings.$dispose();
  setActivePinia(createPinia());
  const server = fakeServer({
    'GET settings': kept(3, { motion: 'system' }),
    'PUT settings': { revision: 4 },
  });
  vi.spyOn(useSession(), 'ask').mockImplementation((request) => request('jwt-2'));
  await useOwnSettings().refresh();
  expect(motion.value).toBe('reduced');
  expect(server.said('PUT settings')[0]?.body).toMatchObject({
    settings: { look: { motion: 'reduced' } },
  });
});

it('knows which rooms are muted, and asks again when it does not know all', async () => {
  const until = Date.now() + 60_000;
  const answers: Record<string, unknown> = {
    'GET settings': kept(3),
    [`PUT rooms/${GENERAL}/notifications`]: { revision: 4 },
  };
  const server = fakeServer(answers);
  const settings = useOwnSettings();
  await settings.refresh();
  await settings.setRoom(GENERAL, { mutedUntil: until });
  expect(isMuted(GENERAL)).toBe(true);
  expect(server.said('GET settings')).toHaveLength(1);
  answers['GET settings'] = kept(8, {}, [{ room: GENERAL, level: 'all' }]);
  settings.applyChanged(8);
  await flushPromises();
  expect([isMuted(GENERAL), wishes.value]).toEqual([false, { [GENERAL]: { level: 'all' } }]);
  settings.applyChanged(8);
  expect(server.said('GET settings')).toHaveLength(2);
});

it('forgets nothing that is changed while the first answers are on their way', async () => {
  let revision = 0;
  const told: { settings: { look: object } }[] = [];
  vi.stubGlobal('fetch', async (_: string, request: RequestInit = {}) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (request.method !== 'PUT') {
      return new Response(JSON.stringify(kept(0)));
    }
    told.push(JSON.parse(request.body as string));
    revision += 1;
    return new Response(JSON.stringify({ revision }));
  });
  useOwnSettings()
    .refresh()
    .catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60);
  for (const change of [
    () => (density.value = 'dense'),
    () => (motion.value = 'reduced'),
    () => (unreadFirst.value = true),
  ]) {
    change();
    await vi.advanceTimersByTimeAsync(70);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.at(-1)?.settings.look).toMatchObject({
    density: 'dense',
    motion: 'reduced',
    unreadFirst: true,
  });
});
