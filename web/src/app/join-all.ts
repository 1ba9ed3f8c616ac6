import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { RoomReference } from '@/features/rooms/store';
import type { PlannedJoin } from './planned-joins';

/** Below the server's own bound of writes in flight, so that a person's first message need not queue behind them. */
const AT_ONCE = 8;
const USUAL_WAIT_MS = 1_000;

export interface JoinAll {
  join: (reference: RoomReference, limit: number) => Promise<void>;
  /** Whether what this began for still holds: the connection, the membership. */
  current: () => boolean;
  wait: (ms: number) => Promise<void>;
}

/** Carries out the joins, a few at once, and waits where the server asks for it. Gives up with the connection. */
export async function joinAll(plan: readonly PlannedJoin[], options: JoinAll): Promise<void> {
  const queue = [...plan];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined && options.current(); next = queue.shift()) {
      await joinOne(next, options);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function joinOne({ reference, limit }: PlannedJoin, options: JoinAll): Promise<void> {
  while (options.current()) {
    try {
      await options.join(reference, limit);
      return;
    } catch (error) {
      if (error instanceof ConnectionLost) {
        return;
      }
      if (!(error instanceof ProtocolError) || !error.retryable) {
        // A room that is gone or refused shows itself as not joined; the others go on.
        return;
      }
      await options.wait(error.retryAfterMs ?? USUAL_WAIT_MS);
    }
  }
}
