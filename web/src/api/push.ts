import type { PushState, PushSubscription, PushTest } from './generated/protocol';
import { answerTo, call } from './http';

/** The key of the server, and whether this device is pushed to. */
export function fetchPush(token: string): Promise<PushState> {
  return answerTo('push', { token });
}

export async function putPushSubscription(body: PushSubscription, token: string): Promise<void> {
  await call('push/subscription', { method: 'PUT', body, token });
}

export async function removePushSubscription(token: string): Promise<void> {
  await call('push/subscription', { method: 'DELETE', token });
}

/** Pushes something to this device. */
export function testPush(token: string): Promise<PushTest> {
  return answerTo('push/test', { method: 'POST', token });
}
