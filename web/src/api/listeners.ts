import type { ServerFrameOf, ServerFrameType } from './frames';
import type { ServerFrame } from './generated/protocol';

export type FrameHandler<T extends ServerFrameType> = (frame: ServerFrameOf<T>) => void;
export type Unsubscribe = () => void;

/** The handlers of the server's frames, called in the order in which they were registered. */
export class FrameListeners {
  private readonly handlers = new Map<ServerFrameType, Set<(frame: never) => void>>();

  on<T extends ServerFrameType>(type: T, handler: FrameHandler<T>): Unsubscribe {
    const registered = this.handlers.get(type) ?? new Set();
    this.handlers.set(type, registered);
    registered.add(handler);
    return () => registered.delete(handler);
  }

  emit(frame: ServerFrame): void {
    for (const handler of this.handlers.get(frame.type) ?? []) {
      try {
        handler(frame as never);
      } catch (error) {
        // One feature's defect must not keep the frame from the others, nor end the connection.
        reportError(error);
      }
    }
  }
}
