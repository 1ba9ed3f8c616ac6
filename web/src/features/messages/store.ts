import { defineStore } from 'pinia';
import { watch } from 'vue';
import type { ReplyTo, ServerFrameOf } from '@/api/frames';
import type { LogEvent, RoomSnapshot } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';
import { type Lookup, loadNewer, loadOlder, lookUp, type RequestHistory } from './history';
import { useOutbox } from './outbox/store';
import { segmentOfSnapshot } from './pages';
import { NOTHING_FAILED, RoomMessages } from './room-messages';
import type { Row } from './rows';
import { usePageVisible } from './use-page-visible';

/** How much of a room stays in memory once it is out of sight. */
const KEPT_EVENTS = 200;
/** How long a room may become while it is followed; then it is cut to half of that. */
const LONGEST_LOG = 2_000;
const SNAPSHOT_LENGTH = 50;

/** The messages of every room that this person follows. */
export const useMessages = defineStore('messages', () => {
  const connection = useConnection();
  const session = useSession();
  const outbox = useOutbox();
  /** Not reactive: a room tells by itself when it has changed. */
  const rooms = new Map<string, RoomMessages>();

  // Logs and messages on their way are one person's; nothing of them stays for the next.
  watch(
    () => session.user?.userId,
    (userId) => {
      rooms.clear();
      outbox.startFor(userId ?? null);
    },
    { immediate: true, flush: 'sync' },
  );
  // What a tab left that was closed is taken over as soon as there is a line, and when this one is looked at in its place.
  watch([() => connection.state.name === 'live', usePageVisible()], ([live]) => {
    if (live) {
      outbox.restore();
    }
  });

  function room(slug: string): RoomMessages {
    let found = rooms.get(slug);
    if (found === undefined) {
      found = new RoomMessages(session.user?.userId ?? 0);
      rooms.set(slug, found);
    }
    return found;
  }

  function rows(slug: string): readonly Row[] {
    return room(slug).rows(outbox.messagesOf(slug));
  }

  /** Becomes a member and a subscriber; the snapshot is taken in by the handler of `joined`, like any other. */
  function join(slug: string, limit: number): Promise<ReplyTo<{ type: 'join'; room: string }>> {
    return connection.request({ type: 'join', room: slug, limit });
  }

  function history(slug: string): RequestHistory {
    return (place) => connection.request({ type: 'history', room: slug, ...place });
  }

  /** Shows the messages around one that was found. */
  function showAround(slug: string, seq: number): void {
    const { view } = room(slug);
    view.around = seq;
    view.failed = NOTHING_FAILED;
  }

  function showLiveEnd(slug: string): void {
    const { view } = room(slug);
    // Whoever goes there does not wait for old messages any more.
    room(slug).hold(null);
    view.around = null;
    view.failed = NOTHING_FAILED;
  }

  /** A room comes into sight: the line "new messages" is placed, and stays. */
  function open(slug: string, read: { readSeq: number; unread: number }): void {
    room(slug).view.unreadAfter = read.unread > 0 ? read.readSeq : null;
  }

  /** A room goes out of sight. */
  function close(slug: string): void {
    const closed = rooms.get(slug);
    if (closed !== undefined) {
      showLiveEnd(slug);
      closed.reader = () => null;
      closed.view.unreadAfter = null;
      closed.view.hints = [];
      closed.trim(KEPT_EVENTS);
    }
  }

  /** What this person has done comes into sight, wherever in the room one was reading. */
  function followOwn(slug: string): void {
    showLiveEnd(slug);
    room(slug).view.sent += 1;
  }

  /** Tells this person something that nobody else sees. */
  function hint(slug: string, text: string): void {
    room(slug).hint(text);
    followOwn(slug);
  }

  function send(slug: string, text: string): Promise<void> {
    followOwn(slug);
    return outbox.enqueue(slug, text.trim());
  }

  function takeEvent(event: LogEvent): void {
    const log = room(event.room);
    log.append(event);
    if (log.reader() === null && (log.live?.events.length ?? 0) > LONGEST_LOG) {
      log.trim(LONGEST_LOG / 2);
    }
    caughtUp(event.room);
  }

  function takeSnapshot(snapshot: RoomSnapshot): void {
    room(snapshot.room).cover(segmentOfSnapshot(snapshot));
    caughtUp(snapshot.room);
  }

  /** Begins a room again. One who reads old messages keeps them on screen until they are loaded anew. */
  async function takeReset(snapshot: RoomSnapshot): Promise<void> {
    const reset = room(snapshot.room);
    const place = reset.reader();
    const held = place === null ? null : rows(snapshot.room);
    reset.hold(held);
    reset.reset(segmentOfSnapshot(snapshot));
    caughtUp(snapshot.room);
    if (place !== null) {
      const lookup = await lookUp(reset, place, history(snapshot.room));
      if (reset.holds(held)) {
        if (lookup === 'found') {
          showAround(snapshot.room, place);
        }
        reset.hold(null);
      }
    }
  }

  /** The end of a replay. A log that is behind nevertheless is begun again rather than left with a hole. */
  function takeResumed({ room: slug, headSeq }: ServerFrameOf<'resumed'>): void {
    if ((rooms.get(slug)?.live?.to ?? 0) < headSeq) {
      join(slug, SNAPSHOT_LENGTH).catch(() => {
        // Without a line there is another replay, and another look at where it ends.
      });
    }
  }

  /** Nothing comes of this room any more: it is gone, or this person has left it. */
  function forget(slug: string): void {
    rooms.get(slug)?.clear();
  }

  /** The last `seq` of each room, for `hello`. */
  function resumePoints(): Record<string, number> {
    const points: Record<string, number> = {};
    for (const [slug, { live }] of rooms) {
      if (live !== undefined) {
        points[slug] = live.to;
      }
    }
    return points;
  }

  function caughtUp(slug: string): void {
    const { live } = room(slug);
    outbox.caughtUp(slug, live?.to ?? 0, (clientId) => room(slug).hasOwn(clientId));
  }

  return {
    room,
    rows,
    join,
    loadOlder: (slug: string) => loadOlder(room(slug), history(slug)),
    loadNewer: (slug: string) => loadNewer(room(slug), history(slug)),
    lookUp: (slug: string, seq: number): Promise<Lookup> => lookUp(room(slug), seq, history(slug)),
    showAround,
    showLiveEnd,
    open,
    close,
    followOwn,
    hint,
    dismissHint: (slug: string, id: number) => room(slug).dismissHint(id),
    send,
    takeEvent,
    takeSnapshot,
    takeReset,
    takeResumed,
    forget,
    resumePoints,
  };
});
