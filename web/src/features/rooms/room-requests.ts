import type { RoomKind, UpdateRoom } from '@/api/generated/protocol';

/** What a room begins with. */
export interface NewRoom {
  kind: RoomKind;
  /** None where the server makes it of the title. */
  slug?: string;
  title: string;
  topic?: string;
  /** Whom its creator brings along. */
  members?: number[];
}

/** What is said anew of a room; the rest stays as it is. A new address: the former one leads to the room until another takes it. */
export type RoomChange = Omit<UpdateRoom, 'ref' | 'room'>;
