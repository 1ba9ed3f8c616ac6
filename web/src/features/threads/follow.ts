import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import type { ServerFrameOf } from '@/api/frames';
import { LOG_EVENT_TYPES, type LogEvent } from '@/api/generated/protocol';
import { type Connection, useConnection } from '@/features/connection/store';
import { useMessages } from '@/features/messages';
import { type ThreadNews, threadNews } from '@/features/messages/threads/news';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';

/** Those with news come first, so that of more than these none has any. */
const MOST = 100;
/** What becomes of many replies at once is asked for once. */
const SOON_MS = 300;

export interface ThreadKey {
  room: number;
  root: number;
}

interface Followed extends ThreadKey {
  readSeq: number;
  /** Others' replies behind that. */
  unread: number;
}

const keyOf = ({ room, root }: ThreadKey) => `${room}/${root}`;

/** The threads that this person follows, and in which of them there is anything new. It tells the rooms how many those are. */
export const useFollowed = defineStore('followedThreads', () => {
  const connection = useConnection();
  const rooms = useRooms();
  const session = useSession();
  const messages = useMessages();
  const threads = new Map<string, Followed>();
  /** Those that this person has left: whoever is mentioned there does not come back by that. */
  const left = new Set<string>();
  /** Another number after each change of the list. */
  const version = ref(0);
  let isLoaded = false;
  /** Whether a reply came while the list was on its way, which may not have it. */
  let isLate = false;
  let soon: ReturnType<typeof setTimeout> | undefined;

  watch(
    () => session.user?.userId,
    () => {
      threads.clear();
      left.clear();
      threadNews.clear();
      isLoaded = false;
    },
    { flush: 'sync' },
  );

  async function refresh(): Promise<void> {
    isLate = false;
    const page = await connection.request({ type: 'threads', limit: MOST });
    const before = new Map(threads);
    threads.clear();
    for (const { root, readSeq, unread } of page.threads) {
      const key = { room: root.room, root: root.seq };
      const known = before.get(keyOf(key));
      // What was read here the server is told a moment later.
      put(known !== undefined && known.readSeq > readSeq ? known : { ...key, readSeq, unread });
    }
    isLoaded = true;
    changed();
    if (isLate) {
      refreshSoon();
    }
  }

  function refreshSoon(): void {
    if (soon === undefined) {
      soon = setTimeout(() => {
        soon = undefined;
        refresh().catch(() => {
          // The next welcome has it counted.
        });
      }, SOON_MS);
    }
  }

  function put(thread: Followed): void {
    threads.set(keyOf(thread), thread);
  }

  function changed(): void {
    version.value += 1;
    if (!isLoaded) {
      return;
    }
    const news = new Map<number, ThreadNews[]>();
    for (const { room, root, readSeq, unread } of threads.values()) {
      if (unread > 0) {
        news.set(room, [...(news.get(room) ?? []), { root, readSeq, unread }]);
      }
    }
    for (const { room } of rooms.joined) {
      setNews(room, news.get(room) ?? []);
    }
  }

  function setNews(id: number, news: readonly ThreadNews[]): void {
    const room = rooms.room(id);
    if (room !== undefined) {
      room.threads = news.length;
    }
    if (news.length > 0) {
      threadNews.set(id, news);
    } else {
      threadNews.delete(id);
    }
  }

  function applyEvent(event: LogEvent): void {
    if (event.type === 'message' && event.thread !== undefined) {
      applyReply(event, { room: event.room, root: event.thread });
    } else if (
      (event.type === 'messageDeleted' || event.type === 'messageChanged') &&
      event.thread !== undefined &&
      threads.has(keyOf({ room: event.room, root: event.thread }))
    ) {
      refreshSoon();
    } else if (event.type === 'messageEdited' && isMentioned(event)) {
      refreshSoon();
    }
  }

  function applyReply(event: Extract<LogEvent, { type: 'message' }>, key: ThreadKey): void {
    const own = event.userId === session.user?.userId;
    const known = threads.get(keyOf(key));
    if (own) {
      left.delete(keyOf(key));
      put({ ...key, readSeq: event.seq, unread: 0 });
    } else if (known !== undefined) {
      const isNew = event.seq > known.readSeq && !event.deleted;
      put({ ...known, unread: known.unread + (isNew ? 1 : 0) });
    } else if (!left.has(keyOf(key)) && (isMentioned(event) || isOwn(key))) {
      put({ ...key, readSeq: event.seq - 1, unread: 1 });
    } else {
      return;
    }
    isLate = true;
    changed();
  }

  function isMentioned({ mentions }: { mentions?: readonly { userId: number }[] }): boolean {
    return mentions?.some(({ userId }) => userId === session.user?.userId) ?? false;
  }

  function isOwn({ room, root }: ThreadKey): boolean {
    return messages.room(room).log.message(root)?.userId === session.user?.userId;
  }

  function applyMark({ room, root, follows, readSeq }: ServerFrameOf<'threadMark'>): void {
    if (!follows) {
      noteFollows({ room, root }, false);
    } else {
      left.delete(keyOf({ room, root }));
      noteRead({ room, root }, readSeq);
      // There may be some behind that.
      refreshSoon();
    }
  }

  function noteFollows(key: ThreadKey, follows: boolean): void {
    if (follows) {
      left.delete(keyOf(key));
      refreshSoon();
      return;
    }
    left.add(keyOf(key));
    if (threads.delete(keyOf(key))) {
      changed();
    }
  }

  /** All that there is, up to `seq`, is read. */
  function noteRead(key: ThreadKey, seq: number): void {
    const known = threads.get(keyOf(key));
    if (known === undefined || seq <= known.readSeq) {
      return;
    }
    put({ ...known, readSeq: seq, unread: 0 });
    changed();
  }

  const follows = (key: ThreadKey) => threads.has(keyOf(key));

  return { version, follows, refresh, applyEvent, applyMark, noteFollows, noteRead };
});

let registered: object | undefined;

/** Begins to follow what is said in one's threads, and takes them anew with each call. */
export function followThreads(connection: Connection): Promise<void> {
  const followed = useFollowed();
  if (registered !== followed) {
    registered = followed;
    for (const type of LOG_EVENT_TYPES) {
      connection.on(type, followed.applyEvent);
    }
    connection.on('threadMark', followed.applyMark);
  }
  return followed.refresh();
}
