import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch } from 'vue';
import { ProtocolError } from '@/api/errors';
import { LOG_EVENT_TYPES, type LogEvent } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
import { EntryTable } from '@/features/messages/entry-table';
import { changeOf, isPatch, type MessageState } from '@/features/messages/message-state';
import { withChanges } from '@/features/messages/outbox/changed-rows';
import { useOutbox } from '@/features/messages/outbox/store';
import { RowBuilder } from '@/features/messages/row-builder';
import type { Row } from '@/features/messages/rows';
import { usePeople } from '@/features/people/store';
import { useSession } from '@/features/session/store';
import { useFollowed } from './follow';

const PAGE_LENGTH = 50;

type Place = { before: number } | { after: number } | { around: number } | Record<string, never>;

/** What is shown of a thread: its root and a stretch of its replies, which grows with each event when it reaches the end. */
export class ThreadLog {
  private entries = new EntryTable();
  private seqs: number[] = [];

  constructor(readonly root: number) {}

  get rootMessage(): MessageState | undefined {
    return this.message(this.root);
  }

  get messages(): MessageState[] {
    return this.seqs.flatMap((seq) => this.message(seq) ?? []);
  }

  get first(): number {
    return this.seqs[0] ?? this.root + 1;
  }

  get last(): number {
    return this.seqs.at(-1) ?? this.root;
  }

  message(seq: number): MessageState | undefined {
    const entry = this.entries.get(seq);
    return entry?.type === 'message' ? entry : undefined;
  }

  clear(): void {
    this.entries = new EntryTable();
    this.seqs = [];
  }

  /** Takes messages of a page, in whatever order they come. */
  take(events: readonly LogEvent[]): void {
    for (const event of events) {
      const change = changeOf(event);
      if (!isPatch(change)) {
        this.entries.put(change);
        if (change.seq !== this.root && !this.seqs.includes(change.seq)) {
          this.seqs.push(change.seq);
        }
      }
    }
    this.seqs.sort((left, right) => left - right);
  }

  /** Takes a live event. A reply counts only where all before it are here. Answers whether anything is different. */
  hear(event: LogEvent, atEnd: boolean): boolean {
    const change = changeOf(event);
    if (isPatch(change)) {
      this.entries.patch(change);
      return this.message(change.target) !== undefined;
    }
    if (change.type !== 'message' || change.thread !== this.root || !atEnd) {
      return false;
    }
    this.take([event]);
    return true;
  }
}

/** A thread as its panel shows it; `seq` is the reply that is looked for. */
export function useThread(room: number, root: number, seq: number | undefined) {
  const connection = useConnection();
  const session = useSession();
  const people = usePeople();
  const outbox = useOutbox();
  const followed = useFollowed();
  const log = shallowRef(new ThreadLog(root));
  const loaded = ref(false);
  const error = shallowRef<unknown>(null);
  const hasBefore = ref(false);
  const hasAfter = ref(false);
  const follows = ref(false);
  const readSeq = ref(0);
  /** Where the line "new replies" stands; fixed while the thread is read. */
  const unreadAfter = ref<number | null>(null);
  const ownUserId = session.user?.userId ?? 0;
  /** How many pages with which the thread begins anew are on their way, and what came meanwhile: the page may be older than that. */
  let beginning = 0;
  let meanwhile: LogEvent[] = [];

  async function load(place: Place): Promise<void> {
    const begins = !('before' in place || 'after' in place);
    error.value = null;
    beginning += begins ? 1 : 0;
    try {
      const page = await connection.request({
        type: 'thread',
        room,
        root,
        limit: PAGE_LENGTH,
        ...place,
      });
      if (begins) {
        log.value.clear();
        follows.value = page.follows;
        readSeq.value = Math.max(readSeq.value, page.readSeq);
        const isNews = page.messages.some((it) => it.seq > page.readSeq && it.userId !== ownUserId);
        unreadAfter.value ??= page.follows && isNews ? page.readSeq : null;
      }
      log.value.take([page.root, ...page.messages]);
      hasBefore.value = 'after' in place ? hasBefore.value : page.hasBefore;
      hasAfter.value = 'before' in place ? hasAfter.value : page.hasAfter;
      for (const event of begins ? meanwhile : []) {
        log.value.hear(event, !hasAfter.value);
      }
      loaded.value = true;
      triggerRef(log);
    } catch (caught) {
      error.value = caught;
    } finally {
      beginning -= begins ? 1 : 0;
      meanwhile = beginning === 0 ? [] : meanwhile;
    }
  }

  const begin = () => load(seq === undefined ? {} : { around: seq });
  watch(
    () => connection.state.name === 'live',
    (live) => live && void begin(),
    { immediate: true },
  );
  for (const type of LOG_EVENT_TYPES) {
    onScopeDispose(
      connection.on(type, (event: LogEvent) => {
        if (event.room !== room) {
          return;
        }
        if (beginning > 0) {
          meanwhile.push(event);
        }
        if (log.value.hear(event, !hasAfter.value)) {
          triggerRef(log);
        }
      }),
    );
  }
  onScopeDispose(connection.on('reset', (frame) => frame.room === room && void begin()));
  onScopeDispose(
    connection.on('threadMark', (mark) => {
      if (mark.room === room && mark.root === root) {
        follows.value = mark.follows;
        readSeq.value = Math.max(readSeq.value, mark.readSeq);
      }
    }),
  );

  const rootMessage = computed(() => log.value.rootMessage);
  const rows = computed<readonly Row[]>(() => {
    const context = { ownUserId, names: people.table, cut: true, inThread: true };
    const builder = new RowBuilder({ ...context, unreadAfter: unreadAfter.value });
    const { rootMessage: first, messages } = log.value;
    for (const message of first === undefined ? [] : [first, ...messages]) {
      builder.append(message);
    }
    const ids = new Set(messages.map(({ clientId }) => clientId));
    const waiting = outbox
      .messagesOf(room)
      .filter(({ thread, clientId }) => thread === root && !ids.has(clientId));
    const known = withChanges(builder.rows, outbox.changesOf(room));
    return hasAfter.value ? known : [...known, ...builder.unconfirmed(waiting)];
  });

  async function setFollows(on: boolean): Promise<void> {
    follows.value = on;
    const type = on ? 'followThread' : 'unfollowThread';
    try {
      await connection.request({ type, room, root });
      followed.noteFollows({ room, root }, on);
    } catch (caught) {
      follows.value = !on;
      error.value = caught;
    }
  }

  // Whoever says something in a thread follows it.
  watch(
    () => log.value.messages.at(-1),
    (last) => {
      if (last?.userId === ownUserId && last.seq > readSeq.value) {
        follows.value = true;
        readSeq.value = last.seq;
      }
    },
  );

  return {
    rows,
    rootMessage,
    loaded,
    error,
    isMissing: computed(() => error.value instanceof ProtocolError && !error.value.retryable),
    hasBefore,
    hasAfter,
    follows,
    readSeq,
    last: computed(() => log.value.last),
    setFollows,
    begin,
    loadOlder: () => load({ before: log.value.first }),
    loadNewer: () => load({ after: log.value.last }),
    markRead: (to: number) => {
      readSeq.value = Math.max(readSeq.value, to);
      followed.noteRead({ room, root }, to);
    },
    tellRead: (to: number) => connection.notify({ type: 'readThread', room, root, seq: to }),
  };
}
