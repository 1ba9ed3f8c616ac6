import { type Ref, shallowReactive } from 'vue';
import { ownName } from '@/storage/own-name';

const SYNCED = ':synced';
const PREFIX = `${ownName('chinwag:draft')}:`;

/** What a person has written in a room or a thread and not sent; kept by person, since several may use one browser. */
export interface DraftKey {
  userId: number;
  room: number;
  thread?: number | null;
}

/** Hears of each change here, from when that is there: the other devices of the person are told. */
export const draftHook: { changed?: (key: DraftKey, text: string) => void } = {};

/** The fields in which drafts are on show. */
const fields = new Map<string, Ref<string>>();

/** Says in which field the draft of a place is on show. Answers how to end that. */
export function showDraftIn(key: DraftKey, field: Ref<string>): () => void {
  fields.set(nameOf(key), field);
  return () => {
    if (fields.get(nameOf(key)) === field) {
      fields.delete(nameOf(key));
    }
  };
}

export function shownDraft(key: DraftKey): Ref<string> | undefined {
  return fields.get(nameOf(key));
}

/** What is stored of them under which name. */
const kept = shallowReactive(new Set(storedNames()));

// Another tab writes them too.
window.addEventListener('storage', ({ key, newValue }) => {
  if (key?.startsWith(PREFIX)) {
    note(key, newValue !== null);
  }
});

/** Whether something is written there that was not sent. */
export function hasDraft(key: DraftKey): boolean {
  return kept.has(nameOf(key));
}

export function readDraft(key: DraftKey): string {
  try {
    return localStorage.getItem(nameOf(key)) ?? '';
  } catch {
    return '';
  }
}

export function writeDraft(key: DraftKey, text: string): void {
  try {
    localStorage.setItem(nameOf(key), text);
    note(nameOf(key), text.trim() !== '');
    draftHook.changed?.(key, text);
  } catch {
    // A browser that stores nothing keeps the draft until the page is left.
  }
}

/** Erases this text, and not what another tab has put in its place. */
export function eraseDraft(key: DraftKey, text: string): void {
  try {
    if (localStorage.getItem(nameOf(key)) === text) {
      localStorage.removeItem(nameOf(key));
      note(nameOf(key), false);
      draftHook.changed?.(key, '');
    }
  } catch {
    // A browser that stores nothing has nothing to erase.
  }
}

/** Whether another tab has erased another text than this one, which stood in its place. */
export function isErasureOfOther(
  { key: name, newValue, oldValue }: StorageEvent,
  key: DraftKey,
  text: string,
): boolean {
  return name === nameOf(key) && newValue === null && oldValue !== text;
}

/** Erases the drafts of everybody else, and with `null` all of them. */
export function keepOnlyDraftsOf(userId: number | null): void {
  try {
    const own = userId === null ? undefined : `${PREFIX}${userId}:`;
    for (const name of storedNames()) {
      if (own === undefined || !name.startsWith(own)) {
        localStorage.removeItem(name);
        note(name, false);
      }
    }
  } catch {
    // A browser that stores nothing has nothing to erase.
  }
}

/** What of a draft the server was told last; empty for nothing. */
export function readSynced(key: DraftKey): string {
  try {
    return localStorage.getItem(syncedName(key)) ?? '';
  } catch {
    return '';
  }
}

export function writeSynced(key: DraftKey, text: string): void {
  try {
    if (text === '') {
      localStorage.removeItem(syncedName(key));
    } else {
      localStorage.setItem(syncedName(key), text);
    }
  } catch {
    // A browser that stores nothing tells it once more.
  }
}

/** The places of all drafts of a person. */
export function draftsOf(userId: number): DraftKey[] {
  const own = `${PREFIX}${userId}:`;
  return [...kept]
    .filter((name) => name.startsWith(own) && !name.endsWith(SYNCED))
    .map((name) => {
      const [room, thread] = name.slice(own.length).split(':').map(Number);
      return { userId, room: room ?? 0, thread: thread ?? null };
    });
}

function storedNames(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function note(name: string, isKept: boolean): void {
  if (isKept) {
    kept.add(name);
  } else {
    kept.delete(name);
  }
}

function syncedName(key: DraftKey): string {
  return nameOf(key) + SYNCED;
}

function nameOf({ userId, room, thread = null }: DraftKey): string {
  return `${PREFIX}${userId}:${room}${thread === null ? '' : `:${thread}`}`;
}
