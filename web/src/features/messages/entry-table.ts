import { type MessagePatch, patched } from './message-patch';
import type { LogEntry } from './message-state';

/** A patch waits for a page that was asked for before it; when more than these wait, the oldest have waited long enough. */
const MOST_EARLY_PATCHES = 1_000;

/** The entries of one room's log by `seq`, each in the newest state that was told. */
export class EntryTable {
  private readonly entries = new Map<number, LogEntry>();
  /** Patches of messages that are not here: a page that was read before them may still be on its way. */
  private readonly early: MessagePatch[] = [];

  get(seq: number): LogEntry | undefined {
    return this.entries.get(seq);
  }

  put(entry: LogEntry): void {
    const known = this.entries.get(entry.seq);
    if (entry.type !== 'message') {
      this.entries.set(entry.seq, entry);
    } else if (known?.type !== 'message' || known.changed < entry.changed) {
      const waiting = this.early.filter(({ target }) => target === entry.seq);
      this.entries.set(entry.seq, waiting.reduce(patched, entry));
    }
  }

  patch(patch: MessagePatch): void {
    const known = this.entries.get(patch.target);
    if (known?.type === 'message') {
      this.entries.set(patch.target, patched(known, patch));
    } else if (patch.seq > (this.early.at(-1)?.seq ?? 0)) {
      this.early.push(patch);
      this.early.splice(0, Math.max(0, this.early.length - MOST_EARLY_PATCHES));
    }
  }

  /** Forgets everything below `seq`. */
  dropBelow(seq: number): void {
    for (const known of this.entries.keys()) {
      if (known < seq) {
        this.entries.delete(known);
      }
    }
  }
}
