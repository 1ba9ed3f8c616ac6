import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { SignedIn } from '@/api/generated/protocol';
import { AccessToken } from './access-token';

const ALEX = { userId: 7, name: 'Alex', kind: 'member' } as const;
const session = (accessToken: string): SignedIn => ({ accessToken, expiresIn: 900, user: ALEX });
const refused = () =>
  new ProtocolError({ code: 'unauthorized', message: 'No session.', retryable: false });

const refresh = vi.fn<() => Promise<SignedIn>>();
const onRefreshed = vi.fn();
const onRefused = vi.fn();
let access: AccessToken;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  refresh.mockReset().mockResolvedValue(session('second'));
  onRefreshed.mockReset();
  onRefused.mockReset();
  access = new AccessToken({ refresh, onRefreshed, onRefused });
});
afterEach(() => {
  access.clear();
  vi.useRealTimers();
});

describe('an access token', () => {
  it('is there at once while it is good, and fetched once for all who ask when it is not', async () => {
    access.set(session('first'));
    expect(access.get()).toBe('first');
    vi.setSystemTime(1_000_000 + 896_000);
    expect(await Promise.all([access.get(), access.get()])).toEqual(['second', 'second']);
    expect(refresh).toHaveBeenCalledOnce();
    expect(access.get()).toBe('second');
  });

  it('is renewed at four fifths of its time, again and again', async () => {
    access.set(session('first'));
    await vi.advanceTimersByTimeAsync(719_999);
    expect(refresh).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(onRefreshed).toHaveBeenCalledExactlyOnceWith(session('second'));
    await vi.advanceTimersByTimeAsync(720_000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a lost line', new ConnectionLost()],
    [
      'a proxy without a server',
      new ProtocolError({ code: 'unavailable', message: '', retryable: true }),
    ],
  ])('is asked for again after %s, which ends nothing', async (_, error) => {
    refresh.mockRejectedValueOnce(error).mockRejectedValueOnce(error);
    await expect(access.get()).rejects.toBe(error);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(access.get()).toBe('second');
    expect(onRefused).not.toHaveBeenCalled();
  });

  it('is not asked for sooner than the server says', async () => {
    const body = { code: 'rate_limited', message: '', retryable: true } as const;
    refresh.mockRejectedValueOnce(new ProtocolError({ ...body, retryAfterMs: 60_000 }));
    await expect(access.get()).rejects.toBeInstanceOf(ProtocolError);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(refresh).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('ends with the session, and is not asked for again', async () => {
    refresh.mockRejectedValue(refused());
    await expect(access.get()).rejects.toBeInstanceOf(ProtocolError);
    expect(onRefused).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('of a session that is over by the time it comes changes nothing', async () => {
    const late = access.get();
    access.set(session('of somebody else'));
    await late;
    expect(access.get()).toBe('of somebody else');
    expect(onRefreshed).not.toHaveBeenCalled();
    access.clear();
    refresh.mockRejectedValueOnce(refused());
    const refusal = access.refresh();
    access.set(session('of somebody else'));
    await expect(refusal).rejects.toBeInstanceOf(ProtocolError);
    expect(onRefused).not.toHaveBeenCalled();
  });
});
