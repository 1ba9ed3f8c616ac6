import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { ServerFrameOf } from '@/api/frames';
import type { Person } from '@/api/generated/protocol';

export interface TypingNow {
  users: readonly Person[];
  more: number;
}

/** Longer than the server lets anybody type without a further sign; only a lost frame makes it run out. */
const SAFETY_MS = 8_000;

/** Who is typing in each room, as the server last said. */
export const useTyping = defineStore('typing', () => {
  const byRoom = shallowReactive(new Map<number, TypingNow>());
  const timers = new Map<number, ReturnType<typeof setTimeout>>();

  function typing(room: number): TypingNow | undefined {
    return byRoom.get(room);
  }

  function apply({ room, users, more }: ServerFrameOf<'typing'>): void {
    clearTimeout(timers.get(room));
    if (users.length === 0) {
      byRoom.delete(room);
      return;
    }
    byRoom.set(room, { users, more });
    timers.set(
      room,
      setTimeout(() => byRoom.delete(room), SAFETY_MS),
    );
  }

  /** A person whose message has come is not typing it any more. */
  function endFor(room: number, userId: number): void {
    const now = byRoom.get(room);
    if (now !== undefined) {
      byRoom.set(room, { ...now, users: now.users.filter((user) => user.userId !== userId) });
    }
  }

  return { typing, apply, endFor };
});
