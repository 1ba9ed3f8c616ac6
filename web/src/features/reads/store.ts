import { defineStore } from 'pinia';
import { ref, shallowReactive } from 'vue';
import type { ReadBy } from '@/api/generated/protocol';
import { fetchReads } from '@/api/reads';
import { useConnection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';

/** How far somebody has read, of what was said since then. */
interface Reader {
  seq: number;
  since: number;
}

/** How far others have read the rooms that were looked at since the connection began. */
export const useReads = defineStore('reads', () => {
  const connection = useConnection();
  const session = useSession();
  const rooms = shallowReactive(new Map<number, ReadonlyMap<number, Reader>>());
  /** Counts them: after each all is to be asked for anew. */
  const connections = ref(0);

  function apply(room: number, reads: readonly ReadBy[]): void {
    const known = new Map(rooms.get(room));
    for (const { userId, seq } of reads) {
      const { since, seq: before } = known.get(userId) ?? { seq: 0, since: 0 };
      known.set(userId, { seq: Math.max(seq, before), since });
    }
    rooms.set(room, known);
  }

  /** Asks for what is not told: how far others have read before now. Without an answer nothing is shown. */
  async function load(room: number): Promise<void> {
    const asked = connections.value;
    const came: ReadBy[] = [];
    const stop = connection.on('seen', (frame) => {
      if (frame.room === room) {
        came.push(...frame.reads);
      }
    });
    const answer = await session.ask((token) => fetchReads(room, token)).catch(() => null);
    stop();
    if (answer !== null && asked === connections.value) {
      rooms.set(
        room,
        new Map(answer.reads.map(({ userId, seq, since }) => [userId, { seq, since }])),
      );
      apply(room, came);
    }
  }

  /** Who has read what was said there at that time. */
  function readersOf(room: number, { seq, at }: { seq: number | null; at: number }): number[] {
    const readers = seq === null ? [] : [...(rooms.get(room) ?? [])];
    return readers.flatMap(([userId, reader]) =>
      reader.seq >= (seq ?? 0) && reader.since <= at ? [userId] : [],
    );
  }

  connection.on('seen', ({ room, reads }) => {
    if (rooms.has(room)) {
      apply(room, reads);
    }
  });
  // Whoever writes in the room has read what stands before it, and is told of if the person shares that.
  connection.on('message', ({ room, userId, seq, thread, also }) => {
    const isInRoom = thread === undefined || also;
    if (isInRoom && rooms.get(room)?.has(userId) === true) {
      apply(room, [{ userId, seq }]);
    }
  });
  for (const type of ['memberJoined', 'memberAdded'] as const) {
    connection.on(type, ({ room }) => {
      if (rooms.has(room)) {
        void load(room);
      }
    });
  }
  connection.on('welcome', () => {
    rooms.clear();
    connections.value += 1;
  });

  return { connections, load, readersOf };
});
