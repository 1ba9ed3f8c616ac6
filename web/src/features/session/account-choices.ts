import type { AccountKind } from '@/api/generated/protocol';

export type AccountChoice = 'account' | 'keep' | 'rename' | 'link' | 'invite' | 'signOut';

/** What somebody of this sort finds in the account menu. A member's name stands with the rest of the account. */
export function choicesFor(kind: AccountKind): AccountChoice[] {
  return kind === 'member'
    ? ['account', 'link', 'invite', 'signOut']
    : ['keep', 'rename', 'link', 'signOut'];
}
