import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost } from './errors';
import { addressFor, endSession } from './http';
import { answering, refusing } from './test/server';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a call of the REST interface', () => {
  it('is below the path of the page, and says whose it is', async () => {
    const fetched = answering(undefined, 204);
    await endSession('jwt-1', 'omit');
    expect(fetched).toHaveBeenCalledExactlyOnceWith('api/session', {
      method: 'DELETE',
      headers: { Authorization: 'Bearer jwt-1' },
      body: undefined,
      credentials: 'omit',
    });
  });

  it('throws what the server refuses', async () => {
    refusing(429, 'rate_limited', { retryable: true, retryAfterMs: 2_000 });
    await expect(addressFor('Coffee')).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retryAfterMs: 2_000,
    });
  });

  it('takes the error page of a proxy for a server that is not there', async () => {
    vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(addressFor('Coffee')).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
  });

  it('takes a network that fails for a lost line', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(addressFor('Coffee')).rejects.toBeInstanceOf(ConnectionLost);
  });
});
