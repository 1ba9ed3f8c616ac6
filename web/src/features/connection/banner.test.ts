import { describe, expect, it } from 'vitest';
import { bannerFor, isUp } from './banner';

const NOW = 100_000;

describe('the banner', () => {
  it('is silent for a second', () => {
    const state = { name: 'waiting', retryAt: NOW + 3_000 } as const;
    expect(bannerFor(state, NOW - 999, NOW)).toBeNull();
    expect(bannerFor(state, NOW - 1_000, NOW)).toEqual({ kind: 'waiting', seconds: 3 });
  });

  it('counts down to one, never to nothing', () => {
    const seconds = (retryAt: number) => bannerFor({ name: 'waiting', retryAt }, 0, NOW);
    expect(seconds(NOW + 1_001)).toEqual({ kind: 'waiting', seconds: 2 });
    expect(seconds(NOW - 500)).toEqual({ kind: 'waiting', seconds: 1 });
  });

  it('says when the connection is tried, and when it is caught up', () => {
    expect(bannerFor({ name: 'connecting' }, 0, NOW)).toEqual({ kind: 'connecting' });
    expect(bannerFor({ name: 'live' }, 0, NOW)).toEqual({ kind: 'catchingUp' });
  });

  it('goes when the replay is done, and is not for a session that is over', () => {
    expect(isUp({ name: 'live' }, true)).toBe(false);
    expect(isUp({ name: 'live' }, false)).toBe(true);
    expect(isUp({ name: 'connecting' }, false)).toBe(false);
    expect(isUp({ name: 'offline', reason: 'expired' }, false)).toBe(true);
    expect(isUp({ name: 'stopped' }, false)).toBe(true);
  });
});
