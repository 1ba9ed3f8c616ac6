import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { SignedIn, User } from '@/api/generated/protocol';
import { GENERAL } from '@/api/test/rooms';
import { answering, refusing } from '@/api/test/server';
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
const SAM: User = { userId: 8, name: 'Sam', kind: 'guest' };
const STORED = { user: ALEX, since: 100 };
const LIMITS = {
  messageLength: 500,
  historyPage: 50,
  roomsPerPerson: 5,
  fileBytes: 16_777_216,
  filesPerMessage: 10,
};

const signedIn = (accessToken = 'jwt-1', user = ALEX): SignedIn => ({
  accessToken,
  expiresIn: 900,
  user,
});
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('signing in', () => {
  it('keeps whose session it is for the next visit, and no token', async () => {
    await useSession().replace(async () => signedIn());
    expect(JSON.stringify({ ...localStorage })).not.toContain('jwt-1');
    setActivePinia(createPinia());
    expect(useSession()).toMatchObject({ user: ALEX, signedIn: true, accessToken: null });
  });

  it('tells why a name was refused, and keeps nothing', async () => {
    const refusal = new ProtocolError({ code: 'name_taken', message: 'Taken.', retryable: false });
    await expect(useSession().replace(() => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(useSession().signedIn).toBe(false);
    expect(readSession()).toBeUndefined();
  });

  it('drops what versions before kept', () => {
    localStorage.setItem(SESSION_KEY, JSON.stringify({ token: 'cw_alex', user: ALEX }));
    expect(useSession()).toMatchObject({ signedIn: false, ended: null });
    expect(localStorage.getItem(SESSION_KEY)).toBeNull();
  });
});

describe('a session', () => {
  beforeEach(() => writeSession(STORED));

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
    expect(readSession()).toEqual({ ...STORED, user });
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

  it('gets its token by the cookie, and with it the person as the server knows it', async () => {
    const fetched = answering(signedIn('jwt-2', { ...ALEX, name: 'Alexandra' }));
    const session = useSession();
    expect(await session.token()).toBe('jwt-2');
    expect(fetched).toHaveBeenCalledExactlyOnceWith(
      'api/session/refresh',
      expect.objectContaining({ method: 'POST' }),
    );
    expect(session).toMatchObject({ accessToken: 'jwt-2', user: { name: 'Alexandra' } });
    expect(readSession()).toMatchObject({ user: { name: 'Alexandra' }, since: 100 });
  });

  it('becomes the one whose cookie the browser has by now', async () => {
    answering(signedIn('jwt-2', SAM));
    const session = useSession();
    await session.token();
    expect(session).toMatchObject({ user: SAM, since: 1_000_000, accessToken: 'jwt-2' });
  });

  it('stays while the server cannot be reached, and ends when it says so', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const session = useSession();
    await expect(session.token()).rejects.toBeInstanceOf(ConnectionLost);
    expect(session.signedIn).toBe(true);
    refusing(401, 'unauthorized');
    await expect(session.token()).rejects.toBeInstanceOf(ProtocolError);
    expect(session).toMatchObject({ signedIn: false, ended: 'expired' });
  });

  it('asks once more with a new token when the old one was refused', async () => {
    const session = useSession();
    session.begin(signedIn('jwt-1'));
    answering(signedIn('jwt-2'));
    const refusal = new ProtocolError({ code: 'unauthorized', message: '', retryable: false });
    const request = vi.fn(async (token: string) => {
      if (token === 'jwt-1') {
        throw refusal;
      }
      return 'done';
    });
    expect(await session.ask(request)).toBe('done');
    expect(request.mock.calls).toEqual([['jwt-1'], ['jwt-2']]);
  });

  it('does not ask twice what was refused for another reason', async () => {
    const session = useSession();
    session.begin(signedIn());
    const refusal = new ProtocolError({ code: 'sign_in_failed', message: '', retryable: false });
    const request = vi.fn(() => Promise.reject(refusal));
    await expect(session.ask(request)).rejects.toBe(refusal);
    expect(request).toHaveBeenCalledOnce();
  });

  it('ends here at once when the person signs out, whatever the server says', async () => {
    const session = useSession();
    session.begin(signedIn());
    const fetched = refusing(503, 'unavailable');
    await session.signOut();
    expect(session).toMatchObject({ signedIn: false, ended: null });
    expect(readSession()).toBeUndefined();
    expect(fetched).toHaveBeenCalledExactlyOnceWith(
      'api/session',
      expect.objectContaining({ method: 'DELETE', headers: bearer('jwt-1') }),
    );
  });

  it('that the server has ended says so until the next one begins', async () => {
    const session = useSession();
    session.end('endedElsewhere');
    expect(session).toMatchObject({ signedIn: false, ended: 'endedElsewhere' });
    expect(readSession()).toBeUndefined();
    await session.replace(async () => signedIn());
    expect(session.ended).toBeNull();
  });
});

describe('a connection that is refused', () => {
  beforeEach(() => {
    writeSession(STORED);
    useSession();
  });

  it('is tried with a new token when the old one was too old', async () => {
    answering(signedIn('jwt-2'));
    expect(await useSession().survives('expired')).toBe(true);
    expect(useSession().accessToken).toBe('jwt-2');
  });

  it.each(['signedOut', 'endedElsewhere'] as const)('as %s ends the session', async (reason) => {
    expect(await useSession().survives(reason)).toBe(false);
    expect(useSession()).toMatchObject({ signedIn: false, ended: reason });
  });

  it('is no matter of the session that takes the place of the old one', async () => {
    const session = useSession();
    session.begin(signedIn());
    let answer = (_: SignedIn) => {};
    const replaced = session.replace(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const survival = session.survives('endedElsewhere');
    await flushPromises();
    vi.setSystemTime(1_000_001);
    answer(signedIn('jwt-2', { ...ALEX, kind: 'member' }));
    await replaced;
    expect(await survival).toBe(false);
    expect(session).toMatchObject({ user: { kind: 'member' }, since: 1_000_001, ended: null });
  });
});

it('an account that its person ends is not told to have been ended elsewhere', async () => {
  const session = useSession();
  session.begin(signedIn());
  let answer = () => {};
  const concluded = session.conclude(
    () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
  );
  const survival = session.survives('endedElsewhere');
  await flushPromises();
  answer();
  await concluded;
  expect(await survival).toBe(false);
  expect(session).toMatchObject({ signedIn: false, ended: null });
});

describe('another window', () => {
  const told = () => window.dispatchEvent(new StorageEvent('storage', { key: SESSION_KEY }));

  beforeEach(() => {
    writeSession(STORED);
    useSession();
    registerSessionEvents(connection as never);
  });

  it('that signs out takes this one along', () => {
    writeSession(undefined);
    told();
    expect(useSession()).toMatchObject({ signedIn: false, ended: 'signedOut' });
  });

  it('that signs in as somebody else takes this one along', async () => {
    useSession().begin(signedIn('jwt-1'));
    writeSession({ user: SAM, since: 200 });
    told();
    expect(useSession()).toMatchObject({ user: SAM, since: 200, accessToken: null, ended: null });
    answering(signedIn('jwt-2', SAM));
    expect(await useSession().token()).toBe('jwt-2');
  });

  it('that signed in anew is followed though this one hears of the end first', async () => {
    writeSession({ user: SAM, since: 200 });
    expect(await useSession().survives('signedOut')).toBe(false);
    expect(useSession()).toMatchObject({ user: SAM, since: 200, ended: null });
  });

  it('that changes the name changes it here', () => {
    writeSession({ ...STORED, user: { ...ALEX, name: 'Alexandra' } });
    told();
    expect(useSession().user?.name).toBe('Alexandra');
  });

  it('is not overwritten by what this one still hears', () => {
    writeSession({ user: SAM, since: 200 });
    connection.emit({ type: 'userRenamed', user: { ...ALEX, name: 'Alexandra' } });
    expect(readSession()).toEqual({ user: SAM, since: 200 });
  });
});
