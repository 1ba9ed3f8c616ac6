import { describe, expect, it, vi } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import { type JoinAll, joinAll } from './join-all';

const plan = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ reference: { room: index }, limit: 0 }));
const refusal = (retryable: boolean, retryAfterMs?: number) =>
  new ProtocolError({ code: 'rate_limited', message: 'No.', retryable, retryAfterMs });
const always = () => true;

describe('joining all rooms', () => {
  it('has no more than eight joins on the way at once', async () => {
    let onTheWay = 0;
    let most = 0;
    const join = vi.fn(async () => {
      onTheWay += 1;
      most = Math.max(most, onTheWay);
      await Promise.resolve();
      onTheWay -= 1;
    });
    await joinAll(plan(30), { join, current: always, wait: vi.fn() });
    expect(join).toHaveBeenCalledTimes(30);
    expect(most).toBe(8);
  });

  it('waits as long as the server asks, and tries again', async () => {
    const join = vi.fn<JoinAll['join']>(async () => {});
    join.mockRejectedValueOnce(refusal(true, 2_600)).mockRejectedValueOnce(refusal(true));
    const wait = vi.fn<JoinAll['wait']>(async () => {});
    await joinAll(plan(1), { join, current: always, wait });
    expect(wait.mock.calls).toEqual([[2_600], [1_000]]);
    expect(join).toHaveBeenCalledTimes(3);
  });

  it('leaves a refused room and goes on with the others', async () => {
    const join = vi.fn<JoinAll['join']>(async (reference) => {
      if ('room' in reference && reference.room === 0) {
        throw refusal(false);
      }
    });
    await joinAll(plan(10), { join, current: always, wait: vi.fn() });
    expect(join).toHaveBeenCalledTimes(10);
  });

  it('gives up with the connection', async () => {
    let lost = false;
    const join = vi.fn(async () => {
      lost = true;
      throw new ConnectionLost();
    });
    await joinAll(plan(30), { join, current: () => !lost, wait: vi.fn() });
    expect(join).toHaveBeenCalledOnce();
  });
});
