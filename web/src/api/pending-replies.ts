import { ConnectionLost, ProtocolError } from './errors';
import type { ServerFrame } from './generated/protocol';

interface Waiting {
  resolve: (frame: ServerFrame) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** The requests of one connection that the server has not answered yet. */
export class PendingReplies {
  private readonly waiting = new Map<number, Waiting>();
  private lastRef = 0;

  /** Calls `send` with a fresh `ref`; `onOverdue` when the reply has not come within `timeoutMs`. */
  open(
    send: (ref: number) => void,
    timeoutMs: number,
    onOverdue: () => void,
  ): Promise<ServerFrame> {
    this.lastRef += 1;
    const ref = this.lastRef;
    return new Promise((resolve, reject) => {
      this.waiting.set(ref, { resolve, reject, timer: setTimeout(onOverdue, timeoutMs) });
      send(ref);
    });
  }

  settle(frame: ServerFrame): void {
    const ref = 'ref' in frame && typeof frame.ref === 'number' ? frame.ref : undefined;
    const waiting = ref === undefined ? undefined : this.waiting.get(ref);
    if (ref === undefined || waiting === undefined) {
      return;
    }
    clearTimeout(waiting.timer);
    this.waiting.delete(ref);
    if (frame.type === 'error') {
      waiting.reject(new ProtocolError(frame));
    } else {
      waiting.resolve(frame);
    }
  }

  rejectAll(): void {
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject, timer } of lost) {
      clearTimeout(timer);
      reject(new ConnectionLost());
    }
  }
}
