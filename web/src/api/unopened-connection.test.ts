import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Socket } from './socket';
import { FakeWebSocket } from './test/fake-web-socket';
import { WELCOME } from './test/frames';

let connection: FakeWebSocket;
let socket: Socket;

/** The attempt that is on ends before it opens, or the connection breaks. */
async function end(): Promise<void> {
  connection.end(1006);
  await Promise.resolve();
  await Promise.resolve();
}

function welcome(): void {
  connection.open();
  connection.receive(WELCOME);
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  socket = new Socket({
    url: 'ws://chat.test/ws',
    findObstacle: async () => 'noUpgrade',
    openWebSocket: () => {
      connection = new FakeWebSocket();
      return connection as unknown as WebSocket;
    },
  });
  socket.start({ token: () => 'cw_test', resumePoints: () => ({}) });
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

describe('a connection that does not open', () => {
  it('is asked why from the second time on, until one opens', async () => {
    await end();
    expect(socket.obstacle).toBeUndefined();
    socket.wake();
    await end();
    expect(socket.obstacle).toBe('noUpgrade');
    expect(socket.state.name).toBe('waiting');
    socket.wake();
    expect(socket.obstacle).toBe('noUpgrade');
    welcome();
    expect(socket.obstacle).toBeUndefined();
  });

  it('has no such reason when it breaks after it was open', async () => {
    for (const _ of [1, 2, 3]) {
      welcome();
      await end();
      socket.wake();
    }
    expect(socket.obstacle).toBeUndefined();
  });
});
