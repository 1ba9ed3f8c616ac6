import { type MessagePatch, patched } from './message-patch';
import type { LogEntry } from './message-state';
import { laterInfo } from './threads/thread-info';

/** A page can be older than as many patches; who asked for it would have given up long before there are more. */
const MOST_RECENT_PATCHES = 1_000;

/** The entries of one room's log by `seq`, each in the newest state that was told. */
export class EntryTable {
  private readonly entries = new Map<number, LogEntry>();
  /** In order. A page that was read before them may still be on its way, whether its messages are here now or not. */
  private readonly recent: MessagePatch[] = [];

  get(seq: number): LogEntry | undefined {
    return this.entries.get(seq);
  }

  put(entry: LogEntry): void {
    const known = this.entries.get(entry.seq);
    if (entry.type !== 'message') {
      this.entries.set(entry.seq, entry);
      return;
    }
    const before = known?.type === 'message' ? known : undefined;
    const newer = before !== undefined && before.changed >= entry.changed ? before : entry;
    const threadInfo = laterInfo(entry.threadInfo, before?.threadInfo ?? null);
    const later = this.recent.filter(({ target }) => target === entry.seq);
    const current = later.reduce(patched, { ...newer, threadInfo });
    if (before === undefined || newer !== before || current.threadInfo !== before.threadInfo) {
      this.entries.set(entry.seq, current);
    }
  }

  patch(patch: MessagePatch): void {
    const known = this.entries.get(patch.target);
    if (known?.type === 'message') {
      this.entries.set(patch.target, patched(known, patch));
    }
    if (patch.seq > (this.recent.at(-1)?.seq ?? 0)) {
      this.recent.push(patch);
      this.recent.splice(0, Math.max(0, this.recent.length - MOST_RECENT_PATCHES));
    }
  }

  /** Forgets what stands in none of the stretches. */
  keepOnly(stretches: readonly { from: number; to: number }[]): void {
    for (const known of this.entries.keys()) {
      if (!stretches.some(({ from, to }) => from <= known && known <= to)) {
        this.entries.delete(known);
      }
    }
  }
}
