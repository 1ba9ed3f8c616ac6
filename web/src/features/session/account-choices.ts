import type { AccountKind, StaffRole } from '@/api/generated/protocol';

export type AccountChoice =
  | 'saved'
  | 'account'
  | 'keep'
  | 'rename'
  | 'link'
  | 'invite'
  | 'admin'
  | 'settings'
  | 'signOut';

/**
 * What somebody of this sort finds in the account menu. A member's name stands with the rest of the account; whoever keeps order on the
 * server has a page for that.
 */
export function choicesFor(kind: AccountKind, role?: StaffRole): AccountChoice[] {
  return kind === 'member'
    ? [
        'saved',
        'account',
        'link',
        'invite',
        ...(role === undefined ? [] : (['admin'] as const)),
        'settings',
        'signOut',
      ]
    : ['saved', 'keep', 'rename', 'link', 'settings', 'signOut'];
}
