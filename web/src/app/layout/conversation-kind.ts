import type { Room } from '@/features/rooms/room';

export interface ConversationPlace {
  address: string | null;
  room: Room | undefined;
  /** Whether the server has told which rooms there are. */
  loaded: boolean;
  /** The room that is about to be joined. */
  wanted: string | null;
}

export type ConversationKind = 'none' | 'conversation' | 'outside' | 'missing' | 'waiting';

/** What stands in the middle of the window. */
export function conversationKind({
  address,
  room,
  loaded,
  wanted,
}: ConversationPlace): ConversationKind {
  if (address === null) {
    return 'none';
  }
  if (room?.member) {
    return 'conversation';
  }
  if (!loaded || wanted === address) {
    return 'waiting';
  }
  return room === undefined ? 'missing' : 'outside';
}
