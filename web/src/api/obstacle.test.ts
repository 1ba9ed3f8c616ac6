import { afterEach, describe, expect, it, vi } from 'vitest';
import { findObstacle } from './obstacle';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what keeps WebSockets from opening', () => {
  it.each([
    [426, 'The proxy does not pass WebSocket upgrades.', 'noUpgrade'],
    [403, 'Whoever runs the server names it with --allowed-origins.', 'noOrigin'],
    [403, 'Blocked by a firewall', undefined],
    [429, 'There are too many connections from your address.', undefined],
    [502, '<h1>Bad Gateway</h1>', undefined],
  ])('is told by the answer %i %s', async (status, body, obstacle) => {
    const fetched = vi.fn(async () => new Response(body, { status }));
    vi.stubGlobal('fetch', fetched);
    expect(await findObstacle()).toBe(obstacle);
    expect(fetched).toHaveBeenCalledWith('ws', { method: 'POST' });
  });

  it('is not known without a server', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError()));
    expect(await findObstacle()).toBeUndefined();
  });
});
