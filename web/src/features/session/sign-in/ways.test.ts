import { beforeEach, describe, expect, it } from 'vitest';
import type { AccessInfo } from '@/api/generated/protocol';
import { firstWay, rememberWay, waysIn } from './ways';

const access = (info: Partial<AccessInfo> = {}): AccessInfo => ({
  access: 'open',
  guests: true,
  passwordLength: 10,
  providers: [],
  passwords: true,
  mail: false,
  ...info,
});

beforeEach(() => localStorage.clear());

describe('the ways in', () => {
  it('begin with a name alone where that is enough', () => {
    expect(waysIn(access(), false)).toEqual(['guest', 'signIn', 'register']);
    expect(waysIn(access({ guests: false }), false)).toEqual(['signIn', 'register']);
    expect(waysIn(access({ passwords: false, mail: false }), false)).toEqual(['guest']);
  });

  it('are for members and the invited where one needs an invitation', () => {
    const inviteOnly = access({ access: 'invite-only' });
    expect(waysIn(inviteOnly, false)).toEqual(['signIn']);
    expect(waysIn(inviteOnly, true)).toEqual(['register', 'guest', 'signIn']);
    expect(waysIn({ ...inviteOnly, guests: false }, true)).toEqual(['register', 'signIn']);
  });

  it('have no accounts to make where the operator makes them', () => {
    expect(waysIn(access({ access: 'closed', guests: false }), false)).toEqual(['signIn']);
    expect(waysIn(access({ access: 'closed' }), true)).toEqual(['guest', 'signIn']);
  });
});

describe('the first way', () => {
  const ways = waysIn(access(), false);

  it('is the one by which somebody came the last time, as long as there is that', () => {
    expect(firstWay(ways, false)).toBe('guest');
    rememberWay('signIn');
    expect(firstWay(ways, false)).toBe('signIn');
    expect(firstWay(['guest'], false)).toBe('guest');
    expect(firstWay([], false)).toBeUndefined();
  });

  it('is to make an account for whoever is invited', () => {
    rememberWay('guest');
    expect(firstWay(waysIn(access(), true), true)).toBe('register');
  });
});
