import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { LoadedLog } from './loaded-log';
import type { Edge, LogView } from './log-view';
import { type HistoryPage, pageAfter, pageAround, pageBefore } from './pages';
import type { CoveredPage } from './segment';

const PAGE_LENGTH = 50;

/**
 * What came of looking for a message: `lost` is to be looked for when there is a connection again, `failed` when the reader wishes.
 * What was `refused` will be refused again.
 */
export type Lookup = 'found' | 'missing' | 'lost' | 'failed' | 'refused';

type HistoryPlace = { before: number } | { after: number } | { around: number };

export type RequestHistory = (place: HistoryPlace & { limit: number }) => Promise<HistoryPage>;

/** Loads the page above what is on show. One page at a time: a call while one is under way does nothing. */
export async function loadOlder(view: LogView, request: RequestHistory): Promise<void> {
  const before = view.segment?.from ?? 1;
  if (before > 1 && view.position.loading === null) {
    await load(view, 'older', async () => {
      await coverBefore(view, before, request);
    });
  }
}

/** Loads the page below what is on show, towards the live end. */
export async function loadNewer(view: LogView, request: RequestHistory): Promise<void> {
  const after = view.segment?.to;
  if (after !== undefined && !view.showsLiveEnd && view.position.loading === null) {
    await load(view, 'newer', async () => {
      // As it is now: one that is trimmed meanwhile begins later, and the page does not know what it has lost.
      const { live } = view.log;
      const page = pageAfter(after, await request({ after, limit: PAGE_LENGTH }), live);
      cover(view, page);
      // Its beginning is cut when more happened than a page tells; what is missing is loaded from the other side.
      for (let { from } = page; from > after + 1; ) {
        from = await coverBefore(view, from, request);
      }
    });
  }
}

/** Loads the messages around one of them. What is on show stays: the reader may be elsewhere when they come. */
export async function lookUp(view: LogView, seq: number, request: RequestHistory): Promise<Lookup> {
  // A number that is not told apart from its neighbours is no message's, and nothing to ask the server for.
  if (!Number.isSafeInteger(seq)) {
    return 'missing';
  }
  if (!view.log.has(seq)) {
    view.position.loading = 'around';
    const { live } = view.log;
    try {
      const page = await request({ around: seq, limit: PAGE_LENGTH });
      cover(view, pageAround(page, live));
      if (!view.log.has(seq) && seq < page.eventsFrom) {
        // So much happened after it that the page was cut above it.
        await coverBefore(view, seq + 1, request);
      }
    } catch (error) {
      return lookupOf(error);
    } finally {
      view.position.loading = null;
    }
  }
  return view.log.has(seq) ? 'found' : 'missing';
}

/** Loads one message for those that answer it. It stands in no stretch: nobody knows what is around it. */
export async function lookUpAlone(
  log: LoadedLog,
  seq: number,
  request: RequestHistory,
): Promise<Lookup> {
  try {
    const page = await request({ around: seq, limit: 1 });
    const found = page.messages.find((message) => message.seq === seq);
    if (found === undefined) {
      return 'missing';
    }
    log.keepAlone(found);
    return 'found';
  } catch (error) {
    return lookupOf(error);
  }
}

/** Tells where the stretch begins that is covered now; below `before` in any case. */
async function coverBefore(
  view: LogView,
  before: number,
  request: RequestHistory,
): Promise<number> {
  const page = pageBefore(before, await request({ before, limit: PAGE_LENGTH }));
  cover(view, page);
  return page.from;
}

/** A page of history that covers nothing is no place in the log. */
function cover(view: LogView, page: CoveredPage): void {
  if (page.from <= page.to) {
    view.log.cover(page);
  }
}

function lookupOf(error: unknown): Lookup {
  if (error instanceof ConnectionLost) {
    return 'lost';
  }
  return error instanceof ProtocolError && !error.retryable ? 'refused' : 'failed';
}

/** A lost connection is no failure of the page: it is asked for again when there is one and the place still on show. */
async function load(view: LogView, edge: Edge, work: () => Promise<void>): Promise<void> {
  const { position } = view;
  position.loading = edge;
  position.failed = { ...position.failed, [edge]: false };
  try {
    await work();
  } catch (error) {
    position.failed = { ...position.failed, [edge]: !(error instanceof ConnectionLost) };
  } finally {
    position.loading = null;
  }
}
