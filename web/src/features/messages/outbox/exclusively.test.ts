import { afterEach, describe, expect, it, vi } from 'vitest';
import { exclusively } from './exclusively';

type Locks = Pick<LockManager, 'request'> | undefined;

function stubLocks(locks: Locks): void {
  vi.stubGlobal('navigator', { locks });
}

const granting = {
  request: (_name: string, work: () => Promise<void>) => work(),
} as unknown as Locks;
const refusing: Locks = {
  request: () => Promise.reject(new DOMException('Access is denied', 'SecurityError')),
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('exclusive work', () => {
  it.each([
    ['with a lock', granting],
    ['without locks', undefined],
    ['where the browser refuses locks', refusing],
  ])('is done once %s', async (_name, locks) => {
    stubLocks(locks);
    const work = vi.fn(async () => undefined);
    await exclusively('outbox', work);
    expect(work).toHaveBeenCalledOnce();
  });

  it.each([
    ['with a lock', granting],
    ['without locks', undefined],
    ['where the browser refuses locks', refusing],
  ])('that fails is not done again %s', async (_name, locks) => {
    stubLocks(locks);
    const work = vi.fn(() => Promise.reject(new Error('failed')));
    await expect(exclusively('outbox', work)).rejects.toThrow('failed');
    expect(work).toHaveBeenCalledOnce();
  });
});
