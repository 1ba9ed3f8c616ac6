import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { ReadBy } from '@/api/generated/protocol';
import { fetchReads } from '@/api/reads';
import { useConnection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';

/** How far others have read the rooms that are looked at. It begins with the first room that shows it. */
export const useReads = defineStore('reads', () => {
  const connection = useConnection();
  const session = useSession();
  const rooms = shallowReactive(new Map<number, ReadonlyMap<number, number>>());

  function apply(room: number, reads: readonly ReadBy[]): void {
    const known = new Map(rooms.get(room));
    for (const { userId, seq } of reads) {
      known.set(userId, Math.max(seq, known.get(userId) ?? 0));
    }
    rooms.set(room, known);
  }

  /** Asks for what is not told: how far others have read before now. Without an answer nothing is shown. */
  async function load(room: number): Promise<void> {
    const answer = await session.ask((token) => fetchReads(room, token)).catch(() => null);
    if (answer !== null) {
      apply(room, answer.reads);
    }
  }

  /** Who has read a room up to a place. */
  function readersOf(room: number, seq: number): number[] {
    return [...(rooms.get(room) ?? [])].flatMap(([userId, read]) => (read >= seq ? [userId] : []));
  }

  connection.on('seen', ({ room, reads }) => apply(room, reads));
  // Whoever writes has read what stands before it.
  connection.on('message', ({ room, userId, seq }) => {
    if (rooms.has(room)) {
      apply(room, [{ userId, seq }]);
    }
  });
  connection.on('welcome', () => {
    for (const room of rooms.keys()) {
      void load(room);
    }
  });

  return { load, readersOf };
});
