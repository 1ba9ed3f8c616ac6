import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GENERAL, TECH } from '@/api/test/rooms';
import { ConnectionLost, ProtocolError } from './errors';
import { type ConnectionState, Socket } from './socket';
import { FakeWebSocket } from './test/fake-web-socket';
import { WELCOME } from './test/frames';

let connections: FakeWebSocket[];
let states: ConnectionState[];
let random: number;
let points: Record<string, number>;
let socket: Socket;

/** The connection, or the attempt at one, that is on at the moment. */
function connection(): FakeWebSocket {
  const last = connections.at(-1);
  if (last === undefined) {
    throw new Error('No connection was opened.');
  }
  return last;
}

function start(): void {
  socket.start({ token: () => 'cw_test', resumePoints: () => points });
}

/** Opens the attempt that is on and lets the server welcome it. */
function welcome(): void {
  connection().open();
  connection().receive(WELCOME);
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  connections = [];
  states = [];
  random = 0;
  points = {};
  socket = new Socket({
    url: 'ws://chat.test/ws',
    random: () => random,
    openWebSocket: () => {
      connections.push(new FakeWebSocket());
      return connection() as unknown as WebSocket;
    },
  });
  socket.onState((state) => states.push(state));
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

describe('a connection', () => {
  it('says hello first, and is live when it is welcome', () => {
    points = { [GENERAL]: 128 };
    start();
    expect(connection().sent).toEqual([]);
    connection().open();
    expect(connection().sent).toEqual([
      { type: 'hello', ref: 1, token: 'cw_test', rooms: { [GENERAL]: 128 } },
    ]);
    expect(socket.state).toEqual({ name: 'connecting' });
    connection().receive(WELCOME);
    expect(states).toEqual([{ name: 'connecting' }, { name: 'live' }]);
  });

  it('lets the handlers of the welcome send requests', () => {
    socket.on('welcome', () => void socket.request({ type: 'rooms' }).catch(() => undefined));
    start();
    welcome();
    expect(connection().sent.at(-1)).toEqual({ type: 'rooms', ref: 2 });
  });

  it('asks for the resume points of each connection anew', () => {
    points = { [GENERAL]: 1 };
    start();
    welcome();
    points = { [GENERAL]: 9 };
    connection().end(4000);
    vi.advanceTimersByTime(0);
    connection().open();
    expect(connection().sent[0]).toMatchObject({ type: 'hello', rooms: { [GENERAL]: 9 } });
  });

  it('tells in which epoch it has seen what it resumes', () => {
    points = { [GENERAL]: 10 };
    start();
    welcome();
    connection().end(4000);
    vi.advanceTimersByTime(0);
    connection().open();
    expect(connection().sent[0]).toMatchObject({ type: 'hello', epoch: 'first' });
    connection().receive({ ...WELCOME, epoch: 'second' });
    connection().end(4000);
    vi.advanceTimersByTime(0);
    connection().open();
    expect(connection().sent[0]).toMatchObject({ type: 'hello', epoch: 'second' });
  });

  it('says hello when the token is there, with what was seen until then', async () => {
    let give = (_: string) => {};
    const token = new Promise<string>((resolve) => {
      give = resolve;
    });
    socket.start({ token: () => token, resumePoints: () => points });
    connection().open();
    expect(connection().sent).toEqual([]);
    points = { [GENERAL]: 5 };
    give('jwt');
    await vi.advanceTimersByTimeAsync(0);
    expect(connection().sent).toMatchObject([{ type: 'hello', token: 'jwt', rooms: { 1: 5 } }]);
  });

  it('waits and comes back when the token does not come', async () => {
    const token = vi.fn<() => Promise<string>>();
    token.mockRejectedValueOnce(new ConnectionLost()).mockReturnValueOnce(new Promise(() => {}));
    socket.start({ token, resumePoints: () => points });
    connection().open();
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.state.name).toBe('waiting');
    socket.wake();
    connection().open();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(socket.state.name).toBe('connecting');
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.state.name).toBe('waiting');
  });

  it('has no use for a token of an attempt that was given up', async () => {
    let give = (_: string) => {};
    const late = new Promise<string>((resolve) => {
      give = resolve;
    });
    socket.start({ token: () => late, resumePoints: () => points });
    connection().open();
    socket.start({ token: () => 'jwt-2', resumePoints: () => points });
    connection().open();
    give('jwt-1');
    await vi.advanceTimersByTimeAsync(0);
    expect(connection().sent).toMatchObject([{ type: 'hello', token: 'jwt-2' }]);
  });

  it('gives up on an attempt, or a hello, that hangs', () => {
    start();
    vi.advanceTimersByTime(15_000);
    expect(socket.state.name).toBe('waiting');
    socket.wake();
    connection().open();
    vi.advanceTimersByTime(15_000);
    expect(socket.state.name).toBe('waiting');
    expect(connections.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it('is silent and closed after stopping', () => {
    start();
    welcome();
    socket.stop();
    expect(socket.state).toEqual({ name: 'stopped' });
    expect(connection().closed).toBe(true);
    vi.advanceTimersByTime(120_000);
    expect(connections).toHaveLength(1);
  });
});

describe('requests', () => {
  beforeEach(() => {
    start();
    welcome();
  });

  it('get the reply with their own ref', async () => {
    const first = socket.request({ type: 'rooms' });
    const second = socket.request({ type: 'leave', room: TECH });
    connection().receive({ type: 'left', ref: 3, room: TECH });
    connection().receive({ type: 'rooms', ref: 2, rooms: [] });
    expect(await second).toMatchObject({ type: 'left', room: TECH });
    expect(await first).toMatchObject({ type: 'rooms' });
  });

  it('take one reply each, and no event for one', async () => {
    const asked = socket.request({ type: 'leave', room: TECH });
    connection().receive({ type: 'typing', room: TECH, users: [], more: 0 });
    connection().receive({ type: 'left', ref: 2, room: TECH });
    connection().receive({ type: 'left', ref: 2, room: GENERAL });
    expect(await asked).toMatchObject({ room: TECH });
  });

  it('are refused with the code, and with the time to wait', async () => {
    const refused = socket.request({ type: 'join', room: TECH });
    const body = { code: 'rate_limited', message: 'Slowly.', retryable: true } as const;
    connection().receive({ type: 'error', ref: 2, ...body, retryAfterMs: 2_600 });
    const error = await refused.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ ...body, retryAfterMs: 2_600 });
  });

  it('are lost with the connection', async () => {
    const lost = socket.request({ type: 'rooms' });
    connection().end(1006);
    await expect(lost).rejects.toBeInstanceOf(ConnectionLost);
    await expect(socket.request({ type: 'rooms' })).rejects.toBeInstanceOf(ConnectionLost);
  });

  it('without a reply for fifteen seconds mean a dead connection', async () => {
    const lost = socket.request({ type: 'rooms' });
    const outcome = expect(lost).rejects.toBeInstanceOf(ConnectionLost);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(socket.state.name).toBe('live');
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.state.name).toBe('waiting');
    expect(connection().closed).toBe(true);
    await outcome;
  });

  it('end their wait with the reply', async () => {
    const asked = socket.request({ type: 'rooms' });
    connection().receive({ type: 'rooms', ref: 2, rooms: [] });
    await asked;
    vi.advanceTimersByTime(29_999);
    expect(socket.state.name).toBe('live');
  });

  it('that nobody waits for are sent while the connection is up only', () => {
    socket.notify({ type: 'typing', room: TECH });
    expect(connection().sent.at(-1)).toEqual({ type: 'typing', room: TECH });
    const { sent } = connection();
    connection().end(1006);
    socket.notify({ type: 'typing', room: TECH });
    expect(sent).toHaveLength(2);
  });
});

describe('frames', () => {
  it('reach every handler, though one of them fails, and no handler that has gone', () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const heard: string[] = [];
    socket.on('stale', () => {
      throw new Error('a defect');
    });
    socket.on('stale', () => heard.push('stays'));
    socket.on('stale', () => heard.push('goes'))();
    start();
    welcome();
    connection().receive({ type: 'stale' });
    expect(heard).toEqual(['stays']);
    expect(reported).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });

  it('that cannot be read are passed over', () => {
    start();
    welcome();
    connection().onmessage?.({ data: '{"type":' });
    connection().onmessage?.({ data: new Blob() });
    expect(socket.state.name).toBe('live');
  });
});

describe('the end of a connection', () => {
  beforeEach(() => {
    start();
    welcome();
  });

  it.each([1000, 1006, 1009, 4001, 4002, 4003, 4102])(
    'with %i means to come back after a wait',
    (code) => {
      connection().end(code);
      expect(socket.state).toEqual({ name: 'waiting', retryAt: 1_001_000 });
      vi.advanceTimersByTime(999);
      expect(connections).toHaveLength(1);
      vi.advanceTimersByTime(1);
      expect(connections).toHaveLength(2);
    },
  );

  it('with 4000 means to come back at once, spread over a second', () => {
    random = 0.5;
    connection().end(4000);
    expect(socket.state).toEqual({ name: 'waiting', retryAt: 1_000_500 });
  });

  it.each([
    [4100, 'expired'],
    [4101, 'signedOut'],
    [4104, 'endedElsewhere'],
    [4199, 'expired'],
  ])('with %i means not to come back: %s', (code, reason) => {
    connection().end(code);
    expect(socket.state).toEqual({ name: 'offline', reason });
    vi.advanceTimersByTime(120_000);
    socket.wake();
    expect(connections).toHaveLength(1);
  });

  it('waits longer after each failure, and starts over when it was welcome', () => {
    random = 1;
    const waits: number[] = [];
    for (let failure = 0; failure < 6; failure += 1) {
      connection().end(1006);
      const state = socket.state;
      waits.push(state.name === 'waiting' ? state.retryAt - Date.now() : Number.NaN);
      socket.wake();
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    welcome();
    connection().end(1006);
    expect(socket.state).toEqual({ name: 'waiting', retryAt: Date.now() + 2_000 });
  });

  it('is not told again by the connection that was let go', () => {
    const old = connection();
    old.end(1006);
    socket.wake();
    old.end(4100);
    expect(old.closed).toBe(true);
    expect(socket.state.name).toBe('connecting');
  });
});

describe('a session that is over', () => {
  it('is told by the refusal of the hello', async () => {
    start();
    connection().open();
    const body = { code: 'unauthorized', message: 'It has ended.', retryable: false } as const;
    connection().receive({ type: 'error', ref: 1, ...body });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.state).toEqual({ name: 'offline', reason: 'expired' });
  });

  it('is not told by a server that is only busy', async () => {
    start();
    connection().open();
    const body = { code: 'unavailable', message: 'Later.', retryable: true } as const;
    connection().receive({ type: 'error', ref: 1, ...body });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.state.name).toBe('waiting');
  });
});

describe('a hello that comes too often', () => {
  it('waits as long as the server says, and resumes then', async () => {
    random = 0.5;
    points = { [GENERAL]: 128 };
    start();
    connection().open();
    const body = { code: 'rate_limited', message: 'Slowly.', retryable: true } as const;
    connection().receive({ type: 'error', ref: 1, ...body, retryAfterMs: 20_000 });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.state).toEqual({ name: 'waiting', retryAt: Date.now() + 20_500 });
    await vi.advanceTimersByTimeAsync(20_499);
    expect(connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    welcome();
    expect(connection().sent[0]).toMatchObject({ type: 'hello', rooms: { [GENERAL]: 128 } });
    expect(socket.state.name).toBe('live');
  });

  it('never comes back sooner than it would without that', async () => {
    start();
    connection().open();
    const body = { code: 'rate_limited', message: 'Slowly.', retryable: true } as const;
    connection().receive({ type: 'error', ref: 1, ...body, retryAfterMs: 10 });
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.state).toEqual({ name: 'waiting', retryAt: Date.now() + 1_000 });
  });
});

describe('waking', () => {
  beforeEach(() => {
    start();
    welcome();
  });

  it('does not sit out the wait', () => {
    connection().end(1006);
    socket.wake();
    expect(connections).toHaveLength(2);
    vi.advanceTimersByTime(5_000);
    expect(connections).toHaveLength(2);
  });

  it('does not trust a connection that slept with the machine', () => {
    vi.setSystemTime(Date.now() + 30_001);
    socket.wake();
    expect(connection().sent.at(-1)).toEqual({ type: 'ping', ref: 2 });
    socket.wake();
    expect(connection().sent).toHaveLength(2);
  });

  it('trusts a connection that has just spoken', () => {
    vi.setSystemTime(Date.now() + 60_000);
    connection().receive({ type: 'stale' });
    socket.wake();
    expect(connection().sent).toHaveLength(1);
  });
});
