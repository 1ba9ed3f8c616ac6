import type { LogEvent } from '@/api/generated/protocol';
import { GENERAL } from '@/api/test/rooms';
import type { MessageEvent } from '../message-state';

export const OWN_USER_ID = 7;
export const SAM = 9;
export const KIM = 10;

/** Noon of a day, local time, plus some minutes: tests do not depend on the machine's time zone. */
export function minute(minutes: number, day = 1): number {
  return new Date(2026, 10, day, 12, minutes).getTime();
}

export function message(seq: number, fields: Partial<MessageEvent> = {}): MessageEvent {
  return {
    type: 'message',
    kind: 'text',
    room: GENERAL,
    seq,
    userId: SAM,
    name: 'Sam',
    text: `message ${seq}`,
    at: minute(0) + seq * 1_000,
    clientId: `client-${seq}`,
    ...fields,
  };
}

export function messages(from: number, to: number): MessageEvent[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => message(from + index));
}

type Membership = Extract<LogEvent, { type: 'memberJoined' | 'memberLeft' }>;

export function membership(
  type: Membership['type'],
  seq: number,
  userId: number,
  name: string,
): Membership {
  return { type, room: GENERAL, seq, userId, name, at: minute(0) + seq * 1_000 };
}

export function renamed(seq: number, userId: number, oldName: string, name: string): LogEvent {
  return {
    type: 'memberRenamed',
    room: GENERAL,
    seq,
    userId,
    name,
    oldName,
    at: minute(0) + seq * 1_000,
  };
}
