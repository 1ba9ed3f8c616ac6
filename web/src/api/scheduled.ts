import type { RemindMe, ScheduledId, ScheduledList, SendLater } from './generated/protocol';
import { answerTo, call } from './http';

/** All that waits: messages that are sent later, and reminders, what comes first at the beginning. */
export function fetchScheduled(token: string): Promise<ScheduledList> {
  return answerTo('scheduled', { token });
}

/** A repeat with the same key plans nothing a second time. */
export function sendLater(body: SendLater, key: string, token: string): Promise<ScheduledId> {
  return answerTo('scheduled/messages', { method: 'POST', headers: once(key), body, token });
}

/** A repeat with the same key plans nothing a second time. */
export function remindMe(body: RemindMe, key: string, token: string): Promise<ScheduledId> {
  return answerTo('scheduled/reminders', { method: 'POST', headers: once(key), body, token });
}

function once(key: string): Record<string, string> {
  return { 'Idempotency-Key': key };
}

/** Has it happen at another time. */
export async function reschedule(id: number, at: number, token: string): Promise<void> {
  await call(`scheduled/${id}`, { method: 'PATCH', body: { at }, token });
}

/** Has it not happen, or dismisses it. */
export async function unschedule(id: number, token: string): Promise<void> {
  await call(`scheduled/${id}`, { method: 'DELETE', token });
}
