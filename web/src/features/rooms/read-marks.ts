import { reactive } from 'vue';
import type { useConnection } from '@/features/connection/store';
import { markReadTo, markUnreadAfter, type Room } from './room';

interface Known {
  room: (id: number) => Room | undefined;
  /** Asks the server how much of a room is unread. */
  recount: (id: number) => void;
}

/** How far this person has read each room, in this window or another one. */
export function readMarks(
  connection: Pick<ReturnType<typeof useConnection>, 'request' | 'notify'>,
  { room, recount }: Known,
) {
  /** Rooms of which nothing is read by being seen, because this person has marked something there as unread. */
  const held = reactive(new Set<number>());

  function applyReadMark(id: number, seq: number): void {
    const known = room(id);
    if (known !== undefined) {
      markReadTo(known, seq);
    }
  }

  /** It was done here or on another device: how much is unread by that, the server says. */
  function applyMarkedUnread(id: number, seq: number): void {
    const known = room(id);
    held.add(id);
    if (known !== undefined) {
      markUnreadAfter(known, seq);
    }
    recount(id);
  }

  /** What this person marks as unread stays so until the room is entered anew. */
  function markUnread(id: number, seq: number): void {
    held.add(id);
    connection.request({ type: 'markUnread', room: id, seq }).then(
      () => applyMarkedUnread(id, seq - 1),
      () => held.delete(id),
    );
  }

  /** This person has seen all there is, here or nowhere. */
  function markRead(id: number): void {
    const known = room(id);
    held.delete(id);
    if (known !== undefined && known.unread > 0) {
      applyReadMark(id, known.headSeq);
      connection.notify({ type: 'read', room: id, seq: known.headSeq });
    }
  }

  return {
    applyReadMark,
    applyMarkedUnread,
    markUnread,
    markRead,
    isHeld: (id: number) => held.has(id),
    release: (id: number) => void held.delete(id),
  };
}
