import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { line } from './test/line';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How long the client waits after the line ended, with a random number of one half. */
function waitAfter(code: number): number | string {
  const { server, socket, start, welcome } = line();
  start();
  welcome();
  server().end(code);
  const { state } = socket;
  if (state.name === 'offline') {
    return state.reason;
  }
  return state.name === 'waiting' ? state.retryAt - Date.now() : state.name;
}

describe('after the line has ended', () => {
  it.each([
    ['a restart of the server', 4000, 500],
    ['a slow reader', 4001, 1_500],
    ['a missed heartbeat', 4002, 1_500],
    ['a hello that came too late', 4102, 1_500],
    ['a dead network', 1006, 1_500],
    ['an unknown token', 4100, 'expired'],
    ['signing out elsewhere', 4101, 'signedOut'],
    ['a code of the future', 4150, 'expired'],
  ])('by %s', (_, code, expected) => {
    expect(waitAfter(code)).toBe(expected);
  });

  it('does not come back as it is when its token is refused', async () => {
    const { server, socket, start, webSockets } = line();
    start();
    server().open();
    server().say({
      type: 'error',
      ref: server().refOf('hello'),
      code: 'unauthorized',
      message: 'No.',
      retryable: false,
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(socket.state).toEqual({ name: 'offline', reason: 'expired' });
    expect(webSockets).toHaveLength(1);
  });

  it('comes back when the server cannot take it now', async () => {
    const { server, socket, start, welcome } = line();
    start();
    server().open();
    server().say({
      type: 'error',
      ref: server().refOf('hello'),
      code: 'unavailable',
      message: 'Later.',
      retryable: true,
    });
    await vi.advanceTimersByTimeAsync(1_500);
    welcome();
    expect(socket.state.name).toBe('live');
  });

  it('waits longer after each failure, and not after a welcome', () => {
    const { server, socket, start, welcome } = line();
    const waits: number[] = [];
    const fail = () => {
      server().end(1006);
      const { state } = socket;
      waits.push(state.name === 'waiting' ? state.retryAt - Date.now() : -1);
      vi.runOnlyPendingTimers();
    };
    start();
    fail();
    fail();
    fail();
    welcome();
    fail();
    expect(waits).toEqual([1_500, 2_500, 4_500, 1_500]);
  });

  it('asks anew where to resume from', () => {
    const points: Record<string, number> = { general: 1 };
    const { server, start, welcome } = line(points);
    start();
    welcome();
    points.general = 5;
    server().end(4000);
    vi.advanceTimersByTime(1_000);
    server().open();
    expect(server().sent[0]).toMatchObject({ type: 'hello', rooms: { general: 5 } });
  });

  it('gives up an attempt that hangs', () => {
    const { server, socket, start } = line();
    start();
    vi.advanceTimersByTime(15_000);
    expect(server().closed).toBe(true);
    expect(socket.state.name).toBe('waiting');
  });
});

describe('waking', () => {
  it('ends the wait', () => {
    const { server, socket, start, webSockets } = line();
    start();
    server().end(1006);
    socket.wake();
    expect(socket.state.name).toBe('connecting');
    vi.advanceTimersByTime(10_000);
    expect(webSockets).toHaveLength(2);
  });

  it('tests a line that was silent, and leaves it when it does not answer', async () => {
    const { server, socket, start, welcome } = line();
    start();
    welcome();
    vi.advanceTimersByTime(60_000);
    socket.wake();
    expect(server().sentOf('rooms')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(socket.state.name).toBe('waiting');
  });

  it('keeps a line that answers', async () => {
    const { server, socket, start, welcome } = line();
    start();
    welcome();
    vi.advanceTimersByTime(60_000);
    socket.wake();
    server().say({ type: 'rooms', ref: server().refOf('rooms'), rooms: [] });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(socket.state.name).toBe('live');
  });

  it('trusts a line that has just spoken', () => {
    const { server, socket, start, welcome } = line();
    start();
    welcome();
    vi.advanceTimersByTime(60_000);
    server().say({ type: 'stale' });
    socket.wake();
    expect(server().sentOf('rooms')).toHaveLength(0);
  });
});

describe('stopping', () => {
  it('is for good, and ends the wait for the next attempt', () => {
    const { server, socket, start, states, webSockets } = line();
    start();
    server().end(1006);
    socket.stop();
    vi.advanceTimersByTime(120_000);
    socket.wake();
    expect(webSockets).toHaveLength(1);
    expect(states.at(-1)).toEqual({ name: 'stopped' });
  });

  it('lets go of a line that is still opening', () => {
    const { server, socket, start } = line();
    start();
    const old = server();
    socket.stop();
    old.open();
    old.end(1006);
    vi.advanceTimersByTime(120_000);
    expect(old.closed).toBe(true);
    expect(old.sent).toEqual([]);
    expect(socket.state.name).toBe('stopped');
  });
});
