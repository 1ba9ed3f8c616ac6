import type { NotifyLevel } from '@/api/generated/protocol';
import { setting } from '@/storage/settings';

/** What somebody wants to hear of a room. */
export interface RoomWish {
  level?: NotifyLevel;
  /** Up to when it is muted. */
  mutedUntil?: number;
}

/** Those of this person, by room, where it is not as everywhere; kept, so that the list is at once as it will be. */
export const wishes = setting<Record<number, RoomWish>>(
  'chinwag.roomWishes',
  {},
  (value) => typeof value === 'object',
);

export const isMuted = (room: number) => (wishes.value[room]?.mutedUntil ?? 0) > Date.now();
