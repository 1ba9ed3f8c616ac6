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
/** The places of which the server is being told. */
const telling = new Set<string>();
/** The text of each place that it was told last, whether or not it has said that it heard. */
const said = new Map<string, string>();
/** The message that the draft of each place is to answer, as far as the server knows. */
const targets = new Map<string, number | null>();
let line: Line | undefined;

/** Keeps this person's drafts the same on all devices: tells what is written here, and shows what is written elsewhere where nobody writes here. */
export async function followDrafts(connection: Line): Promise<void> {
  if (line !== connection) {
    line = connection;
    for (const state of [telling, said, targets]) {
      state.clear();
    }
    draftHook.changed = noteChange;
    useReplying().$onAction(({ name, args: [room], after }) => {
      if (name !== 'target') {
        after(() => noteTarget(room));
      }
    }, true);
    connection.on('draft', (draft) => {
      const key = keyOf(draft);
      if (key !== undefined) {
        take(key, draft);
      }
    });
  }
  const session = useSession();
  // What is heard of from now on is newer than the list.
  heard.clear();
  const { drafts } = await session.ask((token) =>
    answerTo<{ drafts: KeptDraft[] }>('drafts', { token }),
  );
  for (const draft of drafts) {
    const key = keyOf(draft);
    if (key !== undefined) {
      take(key, draft);
      soon(key, 0);
    }
  }
  for (const key of draftsOf(session.user?.userId ?? 0)) {
    // What was the same there has been sent or erased there.
    if (!heard.has(nameOf(key)) && isTold(key)) {
      show(key, '', null);
    } else {
      soon(key, 0);
    }
  }
}

function keyOf({ room, thread = undefined }: KeptDraft): DraftKey | undefined {
  const userId = useSession().user?.userId;
  return userId === undefined ? undefined : { userId, room, thread: thread ?? null };
}

/** Takes over what stands on the server, unless something else is being written here. */
function take(key: DraftKey, { text, at, replyTo: told }: KeptDraft): void {
  const name = nameOf(key);
  const replyTo = told ?? null;
  if (at <= (heard.get(name) ?? 0)) {
    return;
  }
  heard.set(name, at);
  const own = readDraft(key);
  const synced = readSynced(key);
  if (own === '' && (text === '' || text === synced || text === said.get(name))) {
    // It was sent or erased here, and nobody there knows.
    noteTold(key, text, replyTo);
    soon(key, 0);
    return;
  }
  const isSameTarget = targetOf(key, own) === (targets.get(name) ?? null);
  if (own === '' || (isSameTarget && (own === text || own === synced))) {
    show(key, text, replyTo);
  } else if (own === text) {
    noteTold(key, text, replyTo);
  }
}

function show(key: DraftKey, text: string, replyTo: number | null): void {
  said.delete(nameOf(key));
  noteTold(key, text, replyTo);
  const field = shownDraft(key);
  if (field !== undefined) {
    field.value = text;
  } else if (text === '') {
    eraseDraft(key, readDraft(key));
  } else {
    writeDraft(key, text);
  }
  if (key.thread == null && useReplying().target(key.room) !== replyTo) {
    useReplying().follow(key.room, replyTo);
  }
}

function noteChange(key: DraftKey, text: string): void {
  if (isTold(key, text) && !telling.has(nameOf(key))) {
    stop(key);
  } else {
    // What was sent is to stand nowhere any more.
    soon(key, text === '' ? 0 : PAUSE_MS);
  }
}

function noteTarget(room: number): void {
  const userId = useSession().user?.userId;
  if (userId !== undefined) {
    const key = { userId, room, thread: null };
    noteChange(key, readDraft(key));
  }
}

/** The message that the draft of a place answers here. Without a text there is no draft that could answer one. */
function targetOf({ room, thread = null }: DraftKey, text: string): number | null {
  return thread === null && text !== '' ? useReplying().target(room) : null;
}

/** Whether the server knows of a draft as it is here. */
function isTold(key: DraftKey, text = readDraft(key)): boolean {
  const target = targets.get(nameOf(key)) ?? null;
  return text === readSynced(key) && targetOf(key, text) === target;
}

function noteTold(key: DraftKey, text: string, target: number | null): void {
  writeSynced(key, text);
  targets.set(nameOf(key), target);
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
  const name = nameOf(key);
  const text = readDraft(key);
  const isOwn = key.userId === useSession().user?.userId;
  if (!isOwn || telling.has(name) || isTold(key, text) || text.length > LONGEST || !line) {
    return;
  }
  const { room, thread } = key;
  const replyTo = targetOf(key, text);
  const where = { ...(thread != null && { thread }), ...(replyTo !== null && { replyTo }) };
  telling.add(name);
  said.set(name, text);
  try {
    await line.request({ type: 'draft', room, text, ...where });
    telling.delete(name);
    noteTold(key, text, replyTo);
    // It may be another by now, or be sent.
    noteChange(key, readDraft(key));
  } catch (error) {
    telling.delete(name);
    // Without a line it is told when there is one again; what is refused stays here alone.
    if (error instanceof ProtocolError && error.retryable) {
      soon(key, error.retryAfterMs ?? PAUSE_MS);
    }
  }
}
