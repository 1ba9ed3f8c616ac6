import { afterEach, describe, expect, it, vi } from 'vitest';
import { exclusively } from './exclusively';

afterEach(() => vi.unstubAllGlobals());

function withLocks(request: (name: string, work: () => Promise<void>) => Promise<void>): void {
  vi.stubGlobal('navigator', { locks: { request } });
}

describe('exclusive work', () => {
  it('is done where locks are refused', async () => {
    withLocks(() => Promise.reject(new DOMException('The request was denied.', 'SecurityError')));
    const work = vi.fn(async () => undefined);
    await exclusively('outbox', work);
    expect(work).toHaveBeenCalledOnce();
  });

  it('is not done a second time when it fails', async () => {
    withLocks((_name, work) => work());
    const work = vi.fn(() => Promise.reject(new Error('broken')));
    await expect(exclusively('outbox', work)).rejects.toThrow('broken');
    expect(work).toHaveBeenCalledOnce();
  });

  it('is done where there are no locks', async () => {
    vi.stubGlobal('navigator', {});
    const work = vi.fn(async () => undefined);
    await exclusively('outbox', work);
    expect(work).toHaveBeenCalledOnce();
  });
});
