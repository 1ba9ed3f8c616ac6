import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { User } from '@/api/generated/protocol';
import { GENERAL } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { registerSessionEvents } from './events';
import { readSession, SESSION_KEY, writeSession } from './storage';
import { useSession } from './store';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const ALEX: User = { userId: 7, name: 'Alex', kind: 'guest' };
const SESSION = { token: 'cw_alex', user: ALEX };
const LIMITS = { messageLength: 500, historyPage: 50, roomsPerPerson: 5 };

beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Lets the server answer the next calls of its REST interface with this. */
function answer(status: number, body?: unknown) {
  const fetched = vi.fn(async () => new Response(body ? JSON.stringify(body) : null, { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('signing in', () => {
  it('sends the trimmed name and keeps the session for the next visit', async () => {
    const fetched = answer(201, SESSION);
    await useSession().signIn(' Alex ');
    expect(fetched).toHaveBeenCalledWith(
      'api/session',
      expect.objectContaining({ method: 'POST', body: '{"name":"Alex","holdName":true}' }),
    );
    setActivePinia(createPinia());
    expect(useSession()).toMatchObject({ token: 'cw_alex', user: ALEX, signedIn: true });
  });

  it('tells why a name was refused, and keeps nothing', async () => {
    answer(409, { code: 'name_taken', message: 'Taken.', retryable: false });
    const error = await useSession()
      .signIn('Alex')
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'name_taken' });
    expect(useSession().signedIn).toBe(false);
    expect(readSession()).toBeUndefined();
  });

  it('takes the error page of a proxy for a server that is not there', async () => {
    vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(useSession().signIn('Alex')).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
  });

  it('takes a network that fails for a lost line', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(useSession().signIn('Alex')).rejects.toBeInstanceOf(ConnectionLost);
  });
});

describe('a session', () => {
  beforeEach(() => writeSession(SESSION));

  it('that this browser holds only in part is none', () => {
    localStorage.setItem(SESSION_KEY, '{"token":"cw_alex"}');
    expect(useSession().signedIn).toBe(false);
  });

  it('takes its person and limits from each welcome', () => {
    const session = useSession();
    registerSessionEvents(connection as never);
    const user = { ...ALEX, name: 'Alexandra' };
    connection.emit({
      type: 'welcome',
      epoch: 'first',
      user,
      rooms: [],
      limits: LIMITS,
      serverTime: 0,
    });
    expect(session).toMatchObject({ user, limits: LIMITS });
    expect(readSession()).toEqual({ token: 'cw_alex', user });
  });

  it('follows a new name that was given elsewhere, and nobody else’s', () => {
    const session = useSession();
    registerSessionEvents(connection as never);
    const renamed = { type: 'memberRenamed', room: GENERAL, seq: 9, at: 0 } as const;
    connection.emit({ ...renamed, userId: 8, name: 'Samantha', oldName: 'Sam' });
    expect(session.user?.name).toBe('Alex');
    connection.emit({ ...renamed, userId: 7, name: 'Alexandra', oldName: 'Alex' });
    expect(readSession()?.user.name).toBe('Alexandra');
    // Whoever gives a new name to somebody else keeps the own one, and the other has it.
    const subject = { userId: 8, name: 'Samuel' };
    connection.emit({ ...renamed, userId: 7, name: 'Alexandra', oldName: 'Samantha', subject });
    expect(session.user?.name).toBe('Alexandra');
    const self = { userId: 7, name: 'Alexa' };
    const oldName = 'Alexandra';
    connection.emit({ ...renamed, userId: 8, name: 'Samuel', oldName, subject: self });
    expect(session.user?.name).toBe('Alexa');
  });

  it('asks for a new name, and has it when the server agrees', async () => {
    const session = useSession();
    connection.answer = () => ({ type: 'renamed', user: { ...ALEX, name: 'Alexandra' } });
    await session.rename(' Alexandra ');
    expect(connection.requests).toEqual([{ type: 'rename', name: 'Alexandra' }]);
    expect(session.user?.name).toBe('Alexandra');
  });

  it('ends here at once when the person signs out, whatever the server says', async () => {
    const fetched = answer(503);
    const session = useSession();
    await session.signOut();
    expect(session).toMatchObject({ signedIn: false, ended: null });
    expect(readSession()).toBeUndefined();
    expect(fetched).toHaveBeenCalledWith(
      'api/session',
      expect.objectContaining({ method: 'DELETE', headers: { Authorization: 'Bearer cw_alex' } }),
    );
  });

  it('that the server has ended says so until the next one begins', async () => {
    const session = useSession();
    session.end('expired');
    expect(session).toMatchObject({ signedIn: false, ended: 'expired' });
    expect(readSession()).toBeUndefined();
    answer(201, SESSION);
    await session.signIn('Alex');
    expect(session.ended).toBeNull();
  });
});

describe('another window', () => {
  const told = () => window.dispatchEvent(new StorageEvent('storage', { key: SESSION_KEY }));

  beforeEach(() => {
    writeSession(SESSION);
    useSession();
    registerSessionEvents(connection as never);
  });

  it('that signs out takes this one along', () => {
    writeSession(undefined);
    told();
    expect(useSession()).toMatchObject({ signedIn: false, ended: 'signedOut' });
  });

  it('that signs in as somebody else takes this one along', () => {
    writeSession({ token: 'cw_sam', user: { userId: 8, name: 'Sam', kind: 'guest' } });
    told();
    expect(useSession()).toMatchObject({ token: 'cw_sam', user: { userId: 8 }, ended: null });
  });

  it('that changes the name changes it here', () => {
    writeSession({ ...SESSION, user: { ...ALEX, name: 'Alexandra' } });
    told();
    expect(useSession().user?.name).toBe('Alexandra');
  });
});
