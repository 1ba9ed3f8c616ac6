import { defineStore } from 'pinia';
import { watch } from 'vue';
import type { ServerFrameOf } from '@/api/frames';
import type { LogEvent, RoomSnapshot } from '@/api/generated/protocol';
import { useBlocked } from '@/features/blocks/store';
import { useConnection } from '@/features/connection/store';
import { usePeople } from '@/features/people/store';
import { useSession } from '@/features/session/store';
import {
  type Lookup,
  loadNewer,
  loadOlder,
  lookUp,
  lookUpAlone,
  type RequestHistory,
} from './history';
import { LoadedLog } from './loaded-log';
import { type Bookmark, LogView } from './log-view';
import { isInRoom } from './message-state';
import { withChanges } from './outbox/changed-rows';
import type { Where } from './outbox/outbox';
import { useOutbox } from './outbox/store';
import { pageOfSnapshot } from './pages';
import type { Row } from './rows';
import { threadNews } from './threads/news';
import { trimmedText } from './trimmed-text';
import { usePageVisible } from './use-page-visible';

/** How much of a room stays in memory once it is out of sight. */
const KEPT_ENTRIES = 200;
/** How long a room may become while it is followed; then it is cut to half of that. */
const LONGEST_LOG = 2_000;
const SNAPSHOT_LENGTH = 50;

/** At least so long deletions of replies are gathered before what stands under their root is asked for. */
const RECOUNT_MS = 700;

/** The messages of every room that this person follows. */
export const useMessages = defineStore('messages', () => {
  const connection = useConnection();
  const session = useSession();
  const outbox = useOutbox();
  const people = usePeople();
  const blocked = useBlocked();
  /** The conversation of each room. Not reactive: a view tells by itself when it has changed. */
  const rooms = new Map<number, LogView>();
  /** Roots, as room and place, that are soon asked for. */
  const recounts = new Set<string>();

  // Logs and messages on their way are one person's; nothing of them stays for the next.
  watch(
    () => session.user?.userId,
    (userId) => {
      rooms.clear();
      outbox.startFor(userId ?? null);
    },
    { immediate: true, flush: 'sync' },
  );
  // What a tab left that was closed is taken over as soon as there is a connection, and when this one is looked at in its place.
  watch([() => connection.state.name === 'live', usePageVisible()], ([live]) => {
    if (live) {
      outbox.restore();
    }
  });

  /** The log of a room as its conversation shows it. */
  function room(id: number): LogView {
    let found = rooms.get(id);
    if (found === undefined) {
      const ownUserId = session.user?.userId ?? 0;
      found = new LogView(new LoadedLog(ownUserId), { ownUserId, names: people.table });
      rooms.set(id, found);
    }
    return found;
  }

  function rows(id: number): readonly Row[] {
    const waiting = outbox.messagesOf(id).filter(isInRoom);
    const known = room(id).rows(waiting, threadNews.get(id), blocked.has);
    return withChanges(known, outbox.changesOf(id));
  }

  function history(id: number): RequestHistory {
    return (place) => connection.request({ type: 'history', room: id, ...place });
  }

  /** A room comes into sight: the line "new messages" is placed, and stays. */
  function open(id: number, read: { readSeq: number; unread: number }): void {
    room(id).position.unreadAfter = read.unread > 0 ? read.readSeq : null;
  }

  /** A room goes out of sight, perhaps with a place to come back to. */
  function close(id: number, bookmark: Bookmark | null = null): void {
    const closed = rooms.get(id);
    closed?.close(bookmark);
    if (closed?.log.isRead === false) {
      closed.log.trim(KEPT_ENTRIES, bookmark?.seq);
    }
  }

  /** What this person has done comes into sight, wherever in the room one was reading. */
  function followOwn(id: number): void {
    room(id).showLiveEnd();
    room(id).position.sent += 1;
  }

  /** Tells this person something that nobody else sees. */
  function hint(id: number, text: string): void {
    room(id).hint(text);
    followOwn(id);
  }

  function send(id: number, text: string, where: Where = {}): Promise<void> {
    if (isInRoom({ thread: where.thread ?? null, also: where.also ?? false })) {
      followOwn(id);
    }
    return outbox.enqueue(id, trimmedText(text), where);
  }

  function applyEvent(event: LogEvent): void {
    const { log } = room(event.room);
    log.append(event);
    bound(log);
    caughtUp(event.room);
    const gone =
      event.type === 'messageDeleted' || (event.type === 'messageChanged' && event.deleted);
    if (gone && event.thread !== undefined && log.message(event.thread)?.threadInfo != null) {
      recountSoon(event.room, event.thread);
    }
  }

  /** Many may be deleted at once, and everybody in the room hears of it: each asks once for all of them, and not all people at once. */
  function recountSoon(id: number, root: number): void {
    const key = `${id}/${root}`;
    if (!recounts.has(key)) {
      recounts.add(key);
      const ask = () => {
        recounts.delete(key);
        void recountThread(id, root);
      };
      setTimeout(ask, RECOUNT_MS * (1 + Math.random()));
    }
  }

  /** Asks what is said under a message since one of its replies went: who wrote the others, and when, is not known here. */
  async function recountThread(id: number, root: number): Promise<void> {
    try {
      const page = await connection.request({ type: 'thread', room: id, root, limit: 1 });
      if (page.root.type === 'message') {
        room(id).log.takeThreadInfo(page.root);
      }
    } catch {
      // It is counted with the next page that shows the message.
    }
  }

  /** Part of a replay is not told, because what came of it is. */
  function applySkipped({ room: id, from, to }: ServerFrameOf<'skipped'>): void {
    room(id).log.skip({ from, to });
    caughtUp(id);
  }

  /** Gives an own message another text. */
  function edit(id: number, target: number, text: string): void {
    outbox.change(id, { kind: 'edit', target }, trimmedText(text));
  }

  function bound(log: LoadedLog): void {
    if (log.length > LONGEST_LOG && !log.isRead) {
      log.trim(LONGEST_LOG / 2);
    }
  }

  function applySnapshot(snapshot: RoomSnapshot): void {
    room(snapshot.room).log.cover(pageOfSnapshot(snapshot));
    caughtUp(snapshot.room);
  }

  /** Begins a room again. One who reads old messages keeps them on screen until they are loaded anew. */
  async function applyReset(snapshot: RoomSnapshot): Promise<void> {
    const view = room(snapshot.room);
    const place = view.reader();
    const held = place === null ? null : rows(snapshot.room);
    view.hold(held);
    forget(snapshot.room);
    applySnapshot(snapshot);
    if (place !== null) {
      const lookup = await lookUp(view, place, history(snapshot.room));
      if (view.holds(held)) {
        if (lookup === 'found') {
          view.showAround(place);
        }
        view.hold(null);
      }
    }
  }

  /** The end of a replay. A log that is behind nevertheless is begun again rather than left with a hole. */
  function applyResumed({ room: id, headSeq }: ServerFrameOf<'resumed'>): void {
    if ((rooms.get(id)?.log.live?.to ?? 0) < headSeq) {
      connection.request({ type: 'join', room: id, limit: SNAPSHOT_LENGTH }).catch(() => {
        // Without a connection there is another replay, and another look at where it ends.
      });
    }
  }

  /** Nothing comes of this room any more: it is gone, or this person has left it. */
  function forget(id: number): void {
    rooms.get(id)?.log.clear();
    rooms.get(id)?.beginAgain();
  }

  /** Nothing that was seen is in the logs any more. */
  function forgetAll(): void {
    for (const id of rooms.keys()) {
      forget(id);
    }
  }

  /** The last `seq` of each room, for `hello`. */
  function resumePoints(): Record<string, number> {
    const points: Record<string, number> = {};
    for (const [id, { log }] of rooms) {
      const { live } = log;
      if (live !== undefined) {
        points[String(id)] = live.to;
      }
    }
    return points;
  }

  function caughtUp(id: number): void {
    const { log } = room(id);
    outbox.caughtUp(id, log.live?.to ?? 0, (clientId) => log.hasOwn(clientId));
  }

  return {
    room,
    rows,
    loadOlder: (id: number) => loadOlder(room(id), history(id)),
    loadNewer: (id: number) => loadNewer(room(id), history(id)),
    lookUp: (id: number, seq: number): Promise<Lookup> => lookUp(room(id), seq, history(id)),
    lookUpAlone: (id: number, seq: number): Promise<Lookup> =>
      lookUpAlone(room(id).log, seq, history(id)),
    showAround: (id: number, seq: number) => room(id).showAround(seq),
    showLiveEnd: (id: number) => room(id).showLiveEnd(),
    open,
    close,
    followOwn,
    hint,
    dismissHint: (id: number, hint: number) => room(id).dismissHint(hint),
    send,
    edit,
    applyEvent,
    applySkipped,
    applySnapshot,
    applyReset,
    applyResumed,
    forget,
    forgetAll,
    resumePoints,
  };
});
