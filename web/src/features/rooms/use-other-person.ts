import { computed } from 'vue';
import type { PresenceState } from '@/api/generated/protocol';
import { useMembers } from '@/features/members/store';
import { usePeople } from '@/features/people/store';
import type { Room } from './room';

/** The other one in a conversation of two, and whether that person is there. */
export function useOtherPerson(room: () => Room | undefined) {
  const members = useMembers();
  const { table } = usePeople();
  return computed(() => {
    const { kind, people, online = 0, room: id } = room() ?? {};
    const other = kind === 'direct' ? people?.at(0) : undefined;
    if (other === undefined || id === undefined) {
      return undefined;
    }
    // The list of people comes when the room is first shown; until then only their number is known.
    const present = members.roster(id)?.people.get(other.userId)?.present ?? online > 1;
    const state: PresenceState = present
      ? (table.get(other.userId)?.activity ?? 'online')
      : 'offline';
    return { ...other, state };
  });
}
