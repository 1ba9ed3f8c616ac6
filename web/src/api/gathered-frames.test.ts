import { afterEach, beforeEach, expect, it } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { Socket } from './socket';
import { FakeWebSocket } from './test/fake-web-socket';
import { WELCOME } from './test/frames';

let connection: FakeWebSocket;
let socket: Socket;
/** What the browser does in a later task. */
let tasks: (() => void)[];
let heard: string[];

beforeEach(() => {
  tasks = [];
  heard = [];
  socket = new Socket({
    url: 'ws://chat.test/ws',
    gather: (take) => tasks.push(take),
    openWebSocket: () => {
      connection = new FakeWebSocket();
      return connection as unknown as WebSocket;
    },
  });
  socket.on('typing', ({ users }) => heard.push(users.map(({ name }) => name).join()));
  socket.start({ token: () => 'cw_test', resumePoints: () => ({}) });
  connection.open();
  connection.receive(WELCOME);
  tasks.shift()?.();
});

afterEach(() => socket.stop());

function types(name: string): void {
  connection.receive({ type: 'typing', room: GENERAL, users: [{ userId: 9, name }], more: 0 });
}

it('takes a burst in one task, in order', () => {
  types('Kim');
  types('Sam');
  types('Ana');
  expect(heard).toEqual([]);
  expect(tasks).toHaveLength(1);
  tasks.shift()?.();
  expect(heard).toEqual(['Kim', 'Sam', 'Ana']);
  types('Lee');
  tasks.shift()?.();
  expect(heard).toEqual(['Kim', 'Sam', 'Ana', 'Lee']);
});

it('lets whoever has asked go on before it takes what came after the answer', async () => {
  const answer = socket.request({ type: 'rooms' }).then(() => heard.push('answer'));
  types('Kim');
  connection.receive({ type: 'rooms', ref: 2, rooms: [] });
  types('Sam');
  tasks.shift()?.();
  await answer;
  expect(heard).toEqual(['Kim', 'answer']);
  tasks.shift()?.();
  expect(heard).toEqual(['Kim', 'answer', 'Sam']);
});

it('takes all that came before the connection ended, and nothing of one that was let go', () => {
  types('Kim');
  connection.end(1006);
  expect(heard).toEqual(['Kim']);
  socket.start({ token: () => 'cw_test', resumePoints: () => ({}) });
  connection.open();
  connection.receive(WELCOME);
  types('Sam');
  socket.stop();
  for (const task of tasks) {
    task();
  }
  expect(heard).toEqual(['Kim']);
  expect(socket.state.name).toBe('stopped');
});
