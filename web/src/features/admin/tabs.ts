import type { StaffRole } from '@/api/generated/protocol';

export type AdminTab =
  | 'reports'
  | 'people'
  | 'bans'
  | 'rooms'
  | 'first'
  | 'groups'
  | 'emoji'
  | 'audit'
  | 'invites'
  | 'settings';

/** What somebody of this role sees of the whole server. */
export function adminTabs(role: StaffRole | undefined): AdminTab[] {
  switch (role) {
    case undefined:
      return [];
    case 'moderator':
      return ['reports', 'bans', 'invites'];
    case 'admin':
    case 'owner':
      return [
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
      ];
  }
}
