import { ConnectionLost } from '@/api/errors';
import { type HistoryPage, segmentAfter, segmentAround, segmentBefore } from './pages';
import type { Loading, RoomMessages } from './room-messages';

const PAGE_LENGTH = 50;

type HistoryPlace = { before: number } | { after: number } | { around: number };

export type RequestHistory = (place: HistoryPlace & { limit: number }) => Promise<HistoryPage>;

/** Loads the page above what is on show. One page at a time: a call while one is under way does nothing. */
export async function loadOlder(room: RoomMessages, request: RequestHistory): Promise<void> {
  const before = room.segment?.from ?? 1;
  if (before > 1 && room.view.loading === null) {
    await load(room, 'older', async () => {
      const page = await request({ before, limit: PAGE_LENGTH });
      room.cover(segmentBefore(before, page));
    });
  }
}

/** Loads the page below what is on show, towards the live end. */
export async function loadNewer(room: RoomMessages, request: RequestHistory): Promise<void> {
  const after = room.segment?.to;
  if (after !== undefined && !room.showsLiveEnd && room.view.loading === null) {
    await load(room, 'newer', async () => {
      const page = await request({ after, limit: PAGE_LENGTH });
      room.cover(segmentAfter(after, page, room.live));
    });
  }
}

/** Shows the messages around one of them; tells whether it is there. */
export async function showAround(
  room: RoomMessages,
  seq: number,
  request: RequestHistory,
): Promise<boolean> {
  if (!room.has(seq)) {
    await load(room, 'around', async () => {
      const page = await request({ around: seq, limit: PAGE_LENGTH });
      room.cover(segmentAround(page, room.live));
    });
  }
  const found = room.has(seq);
  if (found) {
    room.view.around = seq;
  }
  return found;
}

/** A lost line is no failure of the page: it is asked for again when the line is back and the place still on show. */
async function load(room: RoomMessages, what: Loading, work: () => Promise<void>): Promise<void> {
  room.view.loading = what;
  room.view.failed = null;
  try {
    await work();
  } catch (error) {
    room.view.failed = error instanceof ConnectionLost ? null : what;
  } finally {
    room.view.loading = null;
  }
}
