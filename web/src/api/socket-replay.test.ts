import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COFFEE, GENERAL, summary, TECH } from '@/api/test/rooms';
import { type ConnectionState, Socket } from './socket';
import { FakeWebSocket } from './test/fake-web-socket';
import { WELCOME } from './test/frames';

let connections: FakeWebSocket[];
let states: ConnectionState[];
let socket: Socket;

/** The connection that is on at the moment. */
function connection(): FakeWebSocket {
  const last = connections.at(-1);
  if (last === undefined) {
    throw new Error('No connection was opened.');
  }
  return last;
}

/** Comes back to these rooms, and is welcome. */
function comeBackTo(points: Record<string, number>): void {
  socket.start({ token: () => 'cw_test', resumePoints: () => points });
  welcome();
}

/** Opens the attempt that is on and lets the server welcome it. */
function welcome(): void {
  connection().open();
  connection().receive(WELCOME);
}

beforeEach(() => {
  connections = [];
  states = [];
  socket = new Socket({
    url: 'ws://chat.test/ws',
    random: () => 0,
    openWebSocket: () => {
      connections.push(new FakeWebSocket());
      return connection() as unknown as WebSocket;
    },
  });
  socket.onState((state) => states.push(state));
});

afterEach(() => socket.stop());

describe('a replay', () => {
  it('is done when each resumed room is resumed, reset or gone', () => {
    comeBackTo({ [GENERAL]: 1, [TECH]: 2, [COFFEE]: 3 });
    expect(socket.replaying).toBe(true);
    connection().receive({ type: 'resumed', room: GENERAL, headSeq: 5 });
    connection().receive({ type: 'roomGone', room: COFFEE });
    expect(socket.replaying).toBe(true);
    states = [];
    connection().receive({
      type: 'reset',
      ...summary(TECH, { headSeq: 9_000, readSeq: 0 }),
      hasBefore: true,
      eventsFrom: 9_000,
      messages: [],
      events: [],
      members: [],
      memberCount: 0,
    });
    expect(socket.replaying).toBe(false);
    expect(states).toEqual([{ name: 'live' }]);
  });

  it('is not waited for without rooms to resume', () => {
    comeBackTo({});
    expect(socket.replaying).toBe(false);
  });

  it('ends with the connection, to begin again with the next', () => {
    comeBackTo({ [GENERAL]: 1 });
    connection().end(1006);
    expect(socket.replaying).toBe(false);
    socket.wake();
    welcome();
    expect(socket.replaying).toBe(true);
  });
});
