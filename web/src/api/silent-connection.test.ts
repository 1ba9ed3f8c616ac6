import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Socket } from './socket';
import { FakeWebSocket } from './test/fake-web-socket';
import { WELCOME } from './test/frames';

let connection: FakeWebSocket;
let socket: Socket;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  connection = new FakeWebSocket();
  socket = new Socket({
    url: 'ws://chat.test/ws',
    openWebSocket: () => connection as unknown as WebSocket,
  });
  socket.start({ token: () => 'cw_test', resumePoints: () => ({}) });
  connection.open();
  connection.receive(WELCOME);
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

describe('a silent connection', () => {
  it('is asked for a sign of life, and has ten seconds for it', async () => {
    await vi.advanceTimersByTimeAsync(29_999);
    expect(connection.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(connection.sent.at(-1)).toEqual({ type: 'ping', ref: 2 });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(socket.state.name).toBe('live');
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.state.name).toBe('waiting');
  });

  it('is kept as long as it answers', async () => {
    for (let ref = 2; ref < 6; ref += 1) {
      await vi.advanceTimersByTimeAsync(30_000);
      expect(connection.sent.at(-1)).toEqual({ type: 'ping', ref });
      connection.receive({ type: 'ok', ref });
    }
    expect(socket.state.name).toBe('live');
  });

  it('is not asked while it speaks', async () => {
    for (let second = 0; second < 120; second += 10) {
      await vi.advanceTimersByTimeAsync(10_000);
      connection.receive({ type: 'stale' });
    }
    expect(connection.sent).toHaveLength(1);
  });

  it('is asked at once when the network is gone', async () => {
    socket.probe();
    expect(connection.sent.at(-1)).toEqual({ type: 'ping', ref: 2 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(socket.state.name).toBe('waiting');
  });
});
