import type { AccessInfo, AccountKind } from '@/api/generated/protocol';

export type AccountTab = 'keep' | 'profile' | 'password' | 'devices' | 'link' | 'delete';

/** What there is to be done with an account of this sort. A guest becomes a member where people make accounts by themselves. */
export function accountTabs(kind: AccountKind, access?: AccessInfo): AccountTab[] {
  if (kind === 'member') {
    return ['profile', 'password', 'devices', 'link', 'delete'];
  }
  const mayKeep = access === undefined || (access.passwords && access.access === 'open');
  return [...(mayKeep ? (['keep'] as const) : []), 'devices', 'link'];
}
