import type { AccountKind, StaffRole } from '@/api/generated/protocol';

/** What stands beside a conversation, as it is called in the address. */
const PANES = ['activity', 'saved', 'scheduled'] as const;

export type PaneChoice = (typeof PANES)[number];

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

export function isPane(choice: AccountChoice): choice is PaneChoice {
  return PANES.some((pane) => pane === choice);
}

/**
 * What somebody of this sort finds in the account menu. A member's name stands with the rest of the account; whoever keeps order on the
 * server has a page for that.
 */
export function choicesFor(kind: AccountKind, role?: StaffRole): AccountChoice[] {
  return kind === 'member'
    ? [
        ...PANES,
        'account',
        'link',
        'invite',
        ...(role === undefined ? [] : (['admin'] as const)),
        'settings',
        'signOut',
      ]
    : [...PANES, 'keep', 'rename', 'link', 'settings', 'signOut'];
}
