import { ConnectionLost, ProtocolError } from '@/api/errors';
import { type HistoryPage, segmentAfter, segmentAround, segmentBefore } from './pages';
import type { Edge, RoomMessages } from './room-messages';

const PAGE_LENGTH = 50;

/**
 * What came of looking for a message: `lost` is to be looked for when the line is back, `failed` when the reader wishes.
 * What was `refused` will be refused again.
 */
export type Lookup = 'found' | 'missing' | 'lost' | 'failed' | 'refused';

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

/** Loads the messages around one of them. What is on show stays: the reader may be elsewhere when they come. */
export async function lookUp(
  room: RoomMessages,
  seq: number,
  request: RequestHistory,
): Promise<Lookup> {
  // A number that is not told apart from its neighbours is no message's, and nothing to ask the server for.
  if (!Number.isSafeInteger(seq)) {
    return 'missing';
  }
  if (!room.has(seq)) {
    room.view.loading = 'around';
    try {
      const page = await request({ around: seq, limit: PAGE_LENGTH });
      room.cover(segmentAround(page, room.live));
    } catch (error) {
      return lookupOf(error);
    } finally {
      room.view.loading = null;
    }
  }
  return room.has(seq) ? 'found' : 'missing';
}

function lookupOf(error: unknown): Lookup {
  if (error instanceof ConnectionLost) {
    return 'lost';
  }
  return error instanceof ProtocolError && !error.retryable ? 'refused' : 'failed';
}

/** A lost line is no failure of the page: it is asked for again when the line is back and the place still on show. */
async function load(room: RoomMessages, edge: Edge, work: () => Promise<void>): Promise<void> {
  const { view } = room;
  view.loading = edge;
  view.failed = { ...view.failed, [edge]: false };
  try {
    await work();
  } catch (error) {
    view.failed = { ...view.failed, [edge]: !(error instanceof ConnectionLost) };
  } finally {
    view.loading = null;
  }
}
