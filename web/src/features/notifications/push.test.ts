import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeConnection } from '@/features/messages/test/fake-connection';
import { writeSession } from '@/features/session/storage';
import { useSession } from '@/features/session/store';
import { readSettingsOf } from '@/storage/settings';
import { renewPush, wantsPush } from './push';

vi.mock('@/features/connection/store', () => ({ useConnection: () => createFakeConnection() }));

const unsubscribe = vi.fn(async () => true);
const close = vi.fn();
const subscribe = vi.fn();

beforeEach(() => {
  localStorage.clear();
  const pushManager = { getSubscription: async () => ({ unsubscribe }), subscribe };
  const registration = { pushManager, getNotifications: async () => [{ close }] };
  vi.stubGlobal('navigator', {
    serviceWorker: { getRegistration: async () => registration, ready: registration },
  });
  writeSession({ user: { userId: 7, name: 'Alex', kind: 'guest' }, since: 100 });
  setActivePinia(createPinia());
});
afterEach(() => {
  readSettingsOf(null);
  vi.unstubAllGlobals();
});

it('ends with the session at once, though the server is out of reach', async () => {
  vi.stubGlobal('fetch', () => new Promise(() => {}));
  void useSession().signOut();
  await vi.waitFor(() => expect(unsubscribe).toHaveBeenCalledTimes(1));
  expect(close).toHaveBeenCalledTimes(1);
});

it('is for whoever has asked for it, and not for the next one', async () => {
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission: 'granted' });
  readSettingsOf(7);
  wantsPush.value = true;
  readSettingsOf(8);
  expect(wantsPush.value).toBe(false);
  await renewPush();
  expect(subscribe).not.toHaveBeenCalled();
  readSettingsOf(7);
  expect(wantsPush.value).toBe(true);
});
