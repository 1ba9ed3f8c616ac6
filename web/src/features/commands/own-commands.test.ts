import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import { GENERAL, RANDOM, summary } from '@/api/test/rooms';
import { useOutbox } from '@/features/messages/outbox/store';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { usePeople } from '@/features/people/store';
import { registerRoomEvents } from '@/features/rooms/events';
import { readOwnCommand } from './known';
import { runOwn } from './own-commands';

let connection: FakeConnection;

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const go = vi.fn(async () => undefined);

beforeEach(() => {
  localStorage.clear();
  go.mockClear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  registerRoomEvents(connection as never);
  connection.emit({ type: 'rooms', rooms: [{ ...summary(GENERAL), member: true }] });
  usePeople().table.noteNow([{ userId: 9, name: 'Sam Miller' }]);
});

function run(text: string) {
  const own = readOwnCommand(text);
  expect(own).not.toBeNull();
  return runOwn(own as never, GENERAL, go);
}

const types = () => connection.requests.map(({ type }) => type);

describe('what this client makes of a command', () => {
  it('is told from what the server does', () => {
    expect(readOwnCommand('/TOPIC  Tea and\ncake')).toEqual({
      name: 'topic',
      rest: 'Tea and\ncake',
    });
    expect(['/me waves', '/topics', '/', 'topic'].map(readOwnCommand)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('is another topic', async () => {
    connection.answer = () => ({ type: 'room', room: { ...summary(GENERAL), topic: 'Tea' } });
    expect(await run('/topic Tea with <@9>')).toEqual({ done: true });
    expect(connection.requests).toEqual([
      { type: 'updateRoom', room: GENERAL, topic: 'Tea with @Sam Miller' },
    ]);
  });

  it('brings in who is called so', async () => {
    connection.answer = () => ({ type: 'ok' });
    expect(await run('/invite @sam miller')).toEqual({ done: true });
    expect(connection.requests.at(-1)).toEqual({ type: 'addMember', room: GENERAL, userId: 9 });
  });

  it('knows everybody before it chooses, so that what is for Anna Lena does not go to Anna', async () => {
    const { table } = usePeople();
    table.noteNow([{ userId: 3, name: 'Anna' }]);
    connection.answer = ({ type }) => {
      if (type === 'members') {
        table.noteNow([{ userId: 4, name: 'Anna Lena' }]);
      }
      return { type: 'ok' };
    };
    expect(await run('/invite Anna Lena')).toEqual({ done: true });
    expect(connection.requests.at(-1)).toMatchObject({ userId: 4 });
    // The composer made a number of the first name, since it did not know the second one.
    expect(await run('/invite <@3> Lena')).toEqual({ done: true });
    expect(connection.requests.at(-1)).toMatchObject({ userId: 4 });
  });

  it('asks who is there before it says that nobody is called so', async () => {
    connection.answer = () => ({ type: 'members', members: [] });
    const outcome = await run('/invite Sam');
    expect(outcome).toMatchObject({ done: false, problem: expect.stringContaining('Sam') });
    expect(types()).toEqual(['members']);
    expect(await run('/msg Kim hello there')).toMatchObject({
      done: false,
      problem: expect.not.stringContaining('there'),
    });
    expect(types()).toEqual(['members', 'members']);
  });

  it('writes to one person, where the two talk', async () => {
    const enqueue = vi.spyOn(useOutbox(), 'enqueue').mockResolvedValue(undefined);
    connection.answer = ({ type }) =>
      type === 'openDirect'
        ? { type: 'room', room: { ...summary(RANDOM), slug: undefined, kind: 'direct' } }
        : { type: 'ok' };
    expect(await run('/msg Sam Miller /me is a text here ')).toEqual({ done: true });
    expect(types().slice(0, 2)).toEqual(['members', 'openDirect']);
    expect(connection.requests[1]).toEqual({ type: 'openDirect', users: [9] });
    expect(enqueue).toHaveBeenCalledExactlyOnceWith(RANDOM, '/me is a text here');
    expect(go).toHaveBeenCalledExactlyOnceWith(`~${RANDOM}`);
  });

  it.each(['/topic', '/invite ', '/msg', '/msg Sam Miller'])(
    '%j says what is missing',
    async (text) => {
      connection.answer = () => ({ type: 'members', members: [] });
      expect(await run(text)).toMatchObject({
        done: false,
        problem: expect.stringContaining('Say'),
      });
      expect(types().filter((type) => type !== 'members')).toEqual([]);
    },
  );

  it('fails for the reason that the server gives', async () => {
    const refused = new ProtocolError({ code: 'forbidden', message: 'No.', retryable: false });
    connection.answer = () => Promise.reject(refused);
    await expect(run('/topic Tea')).rejects.toBe(refused);
  });
});
