import type { AccountKind, StaffRole } from '@/api/generated/protocol';

/** What stands beside a conversation, as it is called in the address. */
export type PaneChoice = 'activity' | 'saved' | 'scheduled';

export type AccountChoice =
  | PaneChoice
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
        'activity',
        'saved',
        'scheduled',
        'account',
        'link',
        'invite',
        ...(role === undefined ? [] : (['admin'] as const)),
        'settings',
        'signOut',
      ]
    : ['activity', 'saved', 'scheduled', 'keep', 'rename', 'link', 'settings', 'signOut'];
}
