import { expect, it } from 'vitest';
import type { AccessInfo } from '@/api/generated/protocol';
import { accountTabs } from './tabs';

const OPEN: AccessInfo = {
  access: 'open',
  guests: true,
  passwordLength: 10,
  providers: [],
  passwords: true,
  mail: false,
};

it('offers a guest to stay, where that is for the guest to say', () => {
  expect(accountTabs('guest', OPEN)).toEqual(['keep', 'devices', 'link', 'blocked']);
  expect(accountTabs('guest', { ...OPEN, access: 'invite-only' })).toEqual([
    'devices',
    'link',
    'blocked',
  ]);
  expect(accountTabs('guest', { ...OPEN, passwords: false, mail: false })).toEqual([
    'devices',
    'link',
    'blocked',
  ]);
  expect(accountTabs('member', OPEN)).not.toContain('keep');
});

it('has no password for whom another place says who they are', () => {
  const me = { user: { userId: 7, name: 'Alex', kind: 'member' as const }, hasPassword: false };
  const alex = { ...me, login: 'alex', asksForPassword: false };
  expect(accountTabs('member', OPEN, alex)).toContain('password');
  expect(accountTabs('member', { ...OPEN, passwords: false, mail: false }, alex)).not.toContain(
    'password',
  );
  expect(accountTabs('member', OPEN, { ...me, asksForPassword: false })).not.toContain('password');
});
