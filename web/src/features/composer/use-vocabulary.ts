import { useEmoji } from '@/features/emoji';
import { useMembers } from '@/features/members/store';
import { useRooms } from '@/features/rooms/store';
import type { Vocabulary } from './completion';
import { useTypingTools } from './use-typing-tools';

/** What may be completed in a room at any time. */
export function useVocabulary(room: number): () => Vocabulary {
  const emoji = useEmoji();
  const members = useMembers();
  const rooms = useRooms();
  const tools = useTypingTools();
  return () => ({
    emoji: emoji.enabled,
    people: () => members.namesIn(room),
    crowds: () => tools.value?.crowdsOf(room) ?? [],
    rooms: () => rooms.slugs,
  });
}
