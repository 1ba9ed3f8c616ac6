import type { LogEvent } from '@/api/generated/protocol';
import { type MessagePatch, patched } from '../message-patch';
import { changeOf, isEntry, type LogEntry, type MessageState } from '../message-state';
import type { HistoryPage, Snapshot } from '../pages';
import { message } from './log-events';

/** Few, so that short scripts meet pages that leave events out. */
const EVENTS_ON_PAGE = 3;

export type Window = { before: number } | { after: number } | { around: number };

/** A page as the wire has it, with the messages as they were when it was read. */
export type Read<P> = P & { states: ReadonlyMap<number, LogEntry> };

/** What is true on the server of one room: all that ever happened in it, and the messages as they are now. */
export class ModelRoom {
  head = 0;
  private readonly events = new Map<number, LogEvent>();
  private readonly entries = new Map<number, LogEntry>();

  /** The `seq` of every message. */
  get messages(): number[] {
    return this.between(1, this.head)
      .filter(({ type }) => type === 'message')
      .map(({ seq }) => seq);
  }

  add(make: (seq: number) => LogEvent): LogEvent {
    this.head += 1;
    const event = make(this.head);
    this.events.set(event.seq, event);
    const change = changeOf(event);
    if (isEntry(change)) {
      this.entries.set(event.seq, change);
    }
    return event;
  }

  patch(target: number, change: MessagePatch['change']): MessagePatch {
    this.head += 1;
    const patch = { seq: this.head, target, change };
    this.entries.set(target, patched(this.entries.get(target) as MessageState, patch));
    return patch;
  }

  /** All entries of a stretch, in order. */
  between(from: number, to: number): LogEntry[] {
    return [...this.entries.values()].filter(({ seq }) => from <= seq && seq <= to);
  }

  snapshot(limit: number): Read<Snapshot> {
    const { hasAfter: _, ...page } = this.page(this.head, { past: limit, future: 0 });
    return { ...page, headSeq: this.head };
  }

  /** Cut as the server cuts it: messages are counted, and the newest of the events beside them. */
  history(window: Window, limit: number): Read<HistoryPage> {
    if ('before' in window) {
      return this.page(window.before - 1, { past: limit, future: 0 });
    }
    if ('after' in window) {
      return this.page(window.after, { past: 0, future: limit });
    }
    return this.page(window.around, { past: Math.ceil(limit / 2), future: Math.floor(limit / 2) });
  }

  private page(middle: number, size: { past: number; future: number }): Read<HistoryPage> {
    const older = this.messages.filter((seq) => seq <= middle);
    const newer = this.messages.filter((seq) => seq > middle);
    const shown = [
      ...older.slice(Math.max(0, older.length - size.past)),
      ...newer.slice(0, size.future),
    ];
    const hasBefore = size.past === 0 ? older.length > 0 : older.length > size.past;
    const hasAfter = size.future === 0 ? newer.length > 0 : newer.length > size.future;
    const to = size.future === 0 ? middle : hasAfter ? (shown.at(-1) ?? middle) : this.head;
    const from = size.past === 0 ? middle + 1 : hasBefore ? (shown[0] ?? 1) : 1;
    const beside = this.between(from, to).filter(({ type }) => type !== 'message');
    const leftOut = beside.at(-EVENTS_ON_PAGE - 1);
    const asSent = (seq: number) => this.events.get(seq) ?? message(seq);
    return {
      messages: shown.map(asSent),
      events: beside.slice(-EVENTS_ON_PAGE).map(({ seq }) => asSent(seq)),
      eventsFrom: leftOut === undefined ? from : leftOut.seq + 1,
      hasBefore,
      hasAfter,
      states: new Map(this.entries),
    };
  }
}
