import { ProtocolError } from '@/api/errors';
import type { KeptDraft } from '@/api/generated/protocol';
import { answerTo } from '@/api/http';
import {
  type DraftKey,
  draftHook,
  draftsOf,
  eraseDraft,
  readDraft,
  readSynced,
  shownDraft,
  writeDraft,
  writeSynced,
} from '@/features/composer/drafts';
import type { Connection } from '@/features/connection/store';
import { useReplying } from '@/features/messages/replying';
import { useSession } from '@/features/session/store';

/** After so long without another letter, a draft is kept on the server. */
const PAUSE_MS = 1_000;
/** Characters that the server keeps. */
const LONGEST = 8_000;

type Line = Pick<Connection, 'on' | 'request'>;

const nameOf = ({ userId, room, thread }: DraftKey) => `${userId}:${room}:${thread ?? ''}`;
const timers = new Map<string, number>();
/** The time of the last draft of each place that was heard of. */
const heard = new Map<string, number>();
let line: Line | undefined;

/** Keeps this person's drafts the same on all devices: tells what is written here, and shows what is written elsewhere where nobody writes here. */
export async function followDrafts(connection: Line): Promise<void> {
  if (line !== connection) {
    line = connection;
    draftHook.changed = noteChange;
    connection.on('draft', (draft) => {
      const key = keyOf(draft);
      if (key !== undefined) {
        take(key, draft);
      }
    });
  }
  const session = useSession();
  const { drafts } = await session.ask((token) =>
    answerTo<{ drafts: KeptDraft[] }>('drafts', { token }),
  );
  heard.clear();
  const there = new Set<string>();
  for (const draft of drafts) {
    const key = keyOf(draft);
    if (key !== undefined) {
      there.add(nameOf(key));
      take(key, draft);
      soon(key, 0);
    }
  }
  for (const key of draftsOf(session.user?.userId ?? 0)) {
    if (!there.has(nameOf(key))) {
      // What was the same there has been sent or erased there.
      if (readSynced(key) === readDraft(key)) {
        show(key, '');
      } else {
        soon(key, 0);
      }
    }
  }
}

function keyOf({ room, thread = undefined }: KeptDraft): DraftKey | undefined {
  const userId = useSession().user?.userId;
  return userId === undefined ? undefined : { userId, room, thread: thread ?? null };
}

/** Takes over what stands on the server, unless something else is being written here. */
function take(key: DraftKey, { text, at, replyTo }: KeptDraft): void {
  if (at <= (heard.get(nameOf(key)) ?? 0)) {
    return;
  }
  heard.set(nameOf(key), at);
  const own = readDraft(key);
  if (own === text) {
    writeSynced(key, text);
  } else if (own === '' || own === readSynced(key)) {
    show(key, text);
    if (replyTo !== undefined && key.thread === null) {
      useReplying().begin(key.room, replyTo);
    }
  }
}

function show(key: DraftKey, text: string): void {
  writeSynced(key, text);
  const field = shownDraft(key);
  if (field !== undefined) {
    field.value = text;
  } else if (text === '') {
    eraseDraft(key, readDraft(key));
  } else {
    writeDraft(key, text);
  }
}

function noteChange(key: DraftKey, text: string): void {
  if (text === readSynced(key)) {
    stop(key);
  } else {
    // What was sent is to stand nowhere any more.
    soon(key, text === '' ? 0 : PAUSE_MS);
  }
}

function stop(key: DraftKey): void {
  window.clearTimeout(timers.get(nameOf(key)));
  timers.delete(nameOf(key));
}

function soon(key: DraftKey, ms: number): void {
  stop(key);
  timers.set(
    nameOf(key),
    window.setTimeout(() => void keep(key), ms),
  );
}

async function keep(key: DraftKey): Promise<void> {
  stop(key);
  const text = readDraft(key);
  const isOwn = key.userId === useSession().user?.userId;
  if (!isOwn || text === readSynced(key) || text.length > LONGEST || line === undefined) {
    return;
  }
  const { room, thread } = key;
  const replyTo = thread === null ? useReplying().target(room) : null;
  const where = { ...(thread != null && { thread }), ...(replyTo !== null && { replyTo }) };
  try {
    await line.request({ type: 'draft', room, text, ...where });
    writeSynced(key, text);
  } catch (error) {
    // Without a line it is told when there is one again; what is refused stays here alone.
    if (error instanceof ProtocolError && error.retryable) {
      soon(key, error.retryAfterMs ?? PAUSE_MS);
    }
  }
}
