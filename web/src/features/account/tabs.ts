import type { AccessInfo, AccountKind, Me } from '@/api/generated/protocol';

export type AccountTab =
  | 'keep'
  | 'profile'
  | 'password'
  | 'devices'
  | 'link'
  | 'blocked'
  | 'delete';

/**
 * What there is to be done with an account of this sort. A guest becomes a member where people make accounts by themselves. Whoever
 * has no name to sign in with comes in by somebody else, and has no use for a password.
 */
export function accountTabs(kind: AccountKind, access?: AccessInfo, me?: Me): AccountTab[] {
  if (kind === 'member') {
    const mayHavePassword =
      (access?.passwords ?? true) && (me === undefined || me.login !== undefined);
    return [
      'profile',
      ...(mayHavePassword ? (['password'] as const) : []),
      'devices',
      'link',
      'blocked',
      'delete',
    ];
  }
  const mayKeep =
    access === undefined ||
    access.providers.length > 0 ||
    (access.passwords && access.access === 'open');
  return [...(mayKeep ? (['keep'] as const) : []), 'devices', 'link', 'blocked'];
}
