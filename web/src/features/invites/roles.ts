import type { StaffRole } from '@/api/generated/protocol';

/** What somebody of this role may make of those who come by an invitation, to offer it; what may be done, the server says. */
export function rolesToGive(role: StaffRole | undefined): ('member' | StaffRole)[] {
  switch (role) {
    case 'owner':
      return ['member', 'moderator', 'admin'];
    case 'admin':
      return ['member', 'moderator'];
    case 'moderator':
    case undefined:
      return ['member'];
  }
}
