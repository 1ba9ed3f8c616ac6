import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { Effect } from '@/api/generated/protocol';
import { GENERAL, RANDOM, summary, TECH } from '@/api/test/rooms';
import { useMessages } from '@/features/messages';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { joined } from '@/features/messages/test/snapshots';
import { registerRoomEvents } from '@/features/rooms/events';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { readTyped, typedMessage } from './commands';
import { isKnownCommand } from './known';
import { useCommands } from './use-commands';

const push = vi.fn();
vi.mock('vue-router', () => ({ useRouter: () => ({ push }) }));
let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  localStorage.clear();
  push.mockReset();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: 7, name: 'Alex', kind: 'guest' } });
  registerRoomEvents(connection as never);
  connection.emit({ type: 'rooms', rooms: [summary(GENERAL), summary(RANDOM)] });
  useRooms().open('general');
});

function commands(): ReturnType<typeof useCommands> {
  let found: ReturnType<typeof useCommands> | undefined;
  mount({
    setup() {
      found = useCommands();
      return () => null;
    },
  });
  return found as ReturnType<typeof useCommands>;
}

/** A server on which a command has this effect, and which says yes to everything else. */
function answer(effect: Effect): void {
  connection.answer = (frame) => {
    switch (frame.type) {
      case 'say':
        return { type: 'said', ...effect };
      case 'join':
        return joined(1, 1, summary(frame.room ?? TECH, { headSeq: 1 }));
      default:
        return { type: 'ok' };
    }
  };
}

const hints = () =>
  useMessages()
    .room(GENERAL)
    .position.hints.map(({ text }) => text);
const refusal = (code: 'name_taken' | 'busy') =>
  new ProtocolError({ code, message: 'No.', retryable: code === 'busy' });

describe('what is typed', () => {
  it.each([
    [' hello ', { kind: 'message', text: 'hello' }],
    ['//join is a command', { kind: 'message', text: '/join is a command' }],
    ['a /join', { kind: 'message', text: 'a /join' }],
    [' /join tech', { kind: 'command', text: '/join tech' }],
    ['/', { kind: 'command', text: '/' }],
  ])('%j', (typed, read) => {
    expect(readTyped(typed)).toEqual(read);
  });

  it.each(['hello', '/join is a command', '//'])('%j comes back as a message', (text) => {
    expect(readTyped(typedMessage(text))).toEqual({ kind: 'message', text });
  });

  it('is a known command by its first word', () => {
    expect(['/who', '/WHO', '/nick Sam', '/nik Sam', '/', '/usr/bin'].map(isKnownCommand)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a command', () => {
  it('is said to the server as it was typed', async () => {
    answer({ effect: 'notice', notice: 'In #general: Alex.' });
    expect(await commands().run({ room: GENERAL, thread: null }, '/who')).toEqual({ done: true });
    expect(connection.requests).toEqual([
      { type: 'say', room: GENERAL, clientId: expect.any(String), text: '/who' },
    ]);
    expect(hints()).toEqual(['In #general: Alex.']);
  });

  it('that the server does not know goes back to be mended, with its hint', async () => {
    answer({ effect: 'notice', notice: 'There is no command /nik.' });
    expect(await commands().run({ room: GENERAL, thread: null }, '/nik Sam')).toEqual({
      done: false,
      problem: null,
    });
    expect(hints()).toEqual(['There is no command /nik.']);
  });

  it('that posts takes the list to its end', async () => {
    connection.answer = () => ({ type: 'ack', room: GENERAL, seq: 2, at: 0 });
    const { position } = useMessages().room(GENERAL);
    position.around = 1;
    expect(await commands().run({ room: GENERAL, thread: null }, '/me waves')).toEqual({
      done: true,
    });
    expect([position.around, position.sent]).toEqual([null, 1]);
  });

  it('gives a new name', async () => {
    answer({ effect: 'renamed', user: { userId: 7, name: 'Alexandra', kind: 'guest' } });
    await commands().run({ room: GENERAL, thread: null }, '/nick Alexandra');
    expect(useSession().user?.name).toBe('Alexandra');
  });

  it('enters a room and shows it', async () => {
    answer({ effect: 'enter', slug: 'tech' });
    expect(await commands().run({ room: GENERAL, thread: null }, '/join tech')).toEqual({
      done: true,
    });
    expect(connection.requests.at(-1)).toMatchObject({ type: 'join', slug: 'tech' });
    expect(push).toHaveBeenCalledExactlyOnceWith({ name: 'room', params: { room: 'tech' } });
  });

  it('leaves the room and goes where there is another', async () => {
    answer({ effect: 'exit', room: GENERAL });
    await commands().run({ room: GENERAL, thread: null }, '/leave');
    expect(connection.requests.at(-1)).toEqual({ type: 'leave', room: GENERAL });
    expect(push).toHaveBeenCalledExactlyOnceWith({ name: 'home' });
  });

  it.each(['enter', 'exit'] as const)(
    'takes nobody away who went elsewhere before the answer to "%s" came',
    async (effect) => {
      answer(effect === 'enter' ? { effect, slug: 'tech' } : { effect, room: GENERAL });
      const outcome = commands().run({ room: GENERAL, thread: null }, '/join tech');
      useRooms().open('random');
      expect(await outcome).toEqual({ done: true });
      expect(push).not.toHaveBeenCalled();
    },
  );

  it('signs out', async () => {
    const session = useSession();
    session.$patch({ since: 1 });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    answer({ effect: 'signedOut' });
    await commands().run({ room: GENERAL, thread: null }, '/logout');
    expect([session.signedIn, session.ended]).toEqual([false, null]);
    vi.unstubAllGlobals();
  });

  it('is not kept for later when there is no connection', async () => {
    connection.state = { name: 'waiting' };
    const outcome = await commands().run({ room: GENERAL, thread: null }, '/leave');
    expect(outcome).toMatchObject({ done: false, problem: expect.stringContaining('offline') });
    expect(connection.requests).toEqual([]);
  });

  it('that was refused says why', async () => {
    connection.answer = () => Promise.reject(refusal('name_taken'));
    const outcome = await commands().run({ room: GENERAL, thread: null }, '/nick Sam');
    expect(outcome).toMatchObject({
      done: false,
      problem: expect.stringContaining('has this name already'),
    });
  });

  it('that enters a room which is not there stays where it is', async () => {
    answer({ effect: 'enter', slug: 'nowhere' });
    const said = connection.answer;
    connection.answer = (frame) =>
      frame.type === 'join' ? Promise.reject(refusal('busy')) : said(frame);
    expect(await commands().run({ room: GENERAL, thread: null }, '/join nowhere')).toMatchObject({
      done: false,
    });
    expect(push).not.toHaveBeenCalled();
  });

  it('keeps its id while it is tried again, since the first attempt may have arrived', async () => {
    const lost = () => Promise.reject(new ConnectionLost());
    const acked = () => ({ type: 'ack', room: GENERAL, seq: 2, at: 0 });
    for (const next of [lost, acked, acked]) {
      connection.answer = next;
      // As after a look into another room.
      await commands().run({ room: GENERAL, thread: null }, '/me waves');
    }
    const ids = connection.requests.map((frame) => (frame.type === 'say' ? frame.clientId : ''));
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});
