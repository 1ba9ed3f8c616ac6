import { expect, it } from 'vitest';
import type { StaffRole, User } from '@/api/generated/protocol';
import { rolesFor } from './roles';
import { adminTabs } from './tabs';

function me(role?: StaffRole): User {
  return { userId: 7, name: 'Alex', kind: 'member', ...(role !== undefined && { role }) };
}

const sam = { userId: 9, kind: 'member' } as const;

it('offers what somebody may make of an account', () => {
  expect(rolesFor(me('owner'), sam)).toEqual(['member', 'moderator', 'admin', 'owner']);
  expect(rolesFor(me('owner'), { ...sam, role: 'owner' })).toHaveLength(4);
  expect(rolesFor(me('admin'), sam)).toEqual(['member', 'moderator']);
  expect(rolesFor(me('admin'), { ...sam, role: 'moderator' })).toEqual(['member', 'moderator']);
  expect(rolesFor(me('admin'), { ...sam, role: 'admin' })).toEqual([]);
  expect(rolesFor(me('moderator'), sam)).toEqual([]);
  expect(rolesFor(me(), sam)).toEqual([]);
});

it('offers nothing for oneself, nor for those who have no account of their own', () => {
  expect(rolesFor(me('owner'), { ...sam, userId: 7 })).toEqual([]);
  expect(rolesFor(me('owner'), { ...sam, kind: 'guest' })).toEqual([]);
});

it('shows each what the server tells that person', () => {
  expect(adminTabs(undefined)).toEqual([]);
  expect(adminTabs('moderator')).toEqual(['reports', 'bans', 'invites']);
  expect(adminTabs('admin')).toEqual([
    'reports',
    'people',
    'bans',
    'rooms',
    'first',
    'groups',
    'emoji',
    'invites',
    'audit',
    'settings',
  ]);
});
