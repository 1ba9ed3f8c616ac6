import { GENERAL } from '@/api/test/rooms';
import 'fake-indexeddb/auto';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { useSession } from '@/features/session/store';
import { useMessages } from '../store';
import { createFakeConnection, type FakeConnection } from '../test/fake-connection';
import { OWN_USER_ID } from '../test/log-events';
import { openOutboxStorage } from './storage';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const sent = () =>
  connection.requests.flatMap((frame) => (frame.type === 'send' ? [frame.text] : []));

/** What another tab has stored and did not send before it was closed. */
async function leaveUnsent(text: string): Promise<void> {
  const item = { room: GENERAL, at: 0, order: 0, state: 'pending', problem: null } as const;
  await openOutboxStorage().put({ ...item, clientId: text, userId: OWN_USER_ID, text });
}

describe('what a closed tab left', () => {
  beforeEach(() => {
    connection = createFakeConnection();
    connection.state = { name: 'waiting' };
    connection.answer = () => ({ type: 'ack', room: GENERAL, seq: 1, at: 0 });
    setActivePinia(createPinia());
    useSession().$patch({ user: { userId: OWN_USER_ID, name: 'Alex', kind: 'guest' } });
    useMessages();
  });

  it('is sent once by another one whose connection comes back', async () => {
    await leaveUnsent('of a closed tab');
    connection.state = { name: 'live' };
    await expect.poll(sent).toEqual(['of a closed tab']);
    await expect.poll(() => openOutboxStorage().load(OWN_USER_ID)).toEqual([]);
  });

  it('is sent by one that has a connection as soon as it is looked at', async () => {
    connection.state = { name: 'live' };
    await expect.poll(() => openOutboxStorage().load(OWN_USER_ID)).toEqual([]);
    await leaveUnsent('of another closed tab');
    const visible = vi.spyOn(document, 'visibilityState', 'get');
    for (const state of ['hidden', 'visible'] as const) {
      visible.mockReturnValue(state);
      document.dispatchEvent(new Event('visibilitychange'));
      await nextTick();
    }
    await expect.poll(sent).toEqual(['of another closed tab']);
  });
});
