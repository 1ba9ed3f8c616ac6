import type { LogEvent, RoomSnapshot, ServerFrame } from '@/api/generated/protocol';
import { GENERAL, summary } from '@/api/test/rooms';
import { messages } from './log-events';

export function snapshot(
  from: number,
  to: number,
  fields: Partial<RoomSnapshot> = {},
): RoomSnapshot {
  return {
    ...summary(GENERAL, { title: 'General', headSeq: to, readSeq: 0 }),
    hasBefore: from > 1,
    messages: messages(from, to),
    events: [],
    eventsFrom: from,
    members: [],
    memberCount: 0,
    ...fields,
  };
}

export function joined(from: number, to: number, fields: Partial<RoomSnapshot> = {}): ServerFrame {
  return { type: 'joined', ...snapshot(from, to, fields) };
}

export function page(from: number, to: number, head: number): object {
  const events: LogEvent[] = [];
  return {
    type: 'history',
    room: GENERAL,
    messages: messages(from, to),
    events,
    eventsFrom: from,
    hasBefore: from > 1,
    hasAfter: to < head,
  };
}
