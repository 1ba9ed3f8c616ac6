import type { AccountReport } from '@/api/admin';
import type { StaffRole, User } from '@/api/generated/protocol';

export type ServerRole = 'member' | StaffRole;

const RANKS: Readonly<Record<ServerRole, number>> = { member: 0, moderator: 1, admin: 2, owner: 3 };
const ALL = ['member', 'moderator', 'admin', 'owner'] as const;

/** What this person may make of an account: an owner anything of everybody else, an admin what is below oneself of those who are. */
export function rolesFor(
  me: User | null,
  { userId, kind, role }: Pick<AccountReport, 'userId' | 'kind' | 'role'>,
): readonly ServerRole[] {
  const rank = RANKS[me?.role ?? 'member'];
  if (kind !== 'member' || me?.userId === userId || rank < RANKS.admin) {
    return [];
  }
  if (rank === RANKS.owner) {
    return ALL;
  }
  return RANKS[role ?? 'member'] < rank ? ALL.filter((each) => RANKS[each] < rank) : [];
}
