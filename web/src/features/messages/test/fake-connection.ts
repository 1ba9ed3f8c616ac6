import { reactive } from 'vue';
import type { RequestFrame } from '@/api/frames';
import type { ServerFrame } from '@/api/generated/protocol';

type Answer = (frame: RequestFrame) => unknown;

/** A connection to a server that answers what the test says. `emit` is the server's voice. */
export function createFakeConnection() {
  const handlers = new Map<string, ((frame: never) => void)[]>();
  const connection = reactive({
    state: { name: 'live' } as { name: string },
    replaying: false,
    requests: [] as RequestFrame[],
    notified: [] as RequestFrame[],
    answer: (() => new Promise(() => undefined)) as Answer,
    async request(frame: RequestFrame): Promise<unknown> {
      connection.requests.push(frame);
      return connection.answer(frame);
    },
    notify(frame: RequestFrame): void {
      connection.notified.push(frame);
    },
    on(type: string, handler: (frame: never) => void): () => void {
      handlers.set(type, [...(handlers.get(type) ?? []), handler]);
      return () => undefined;
    },
    emit(frame: ServerFrame): void {
      for (const handler of handlers.get(frame.type) ?? []) {
        handler(frame as never);
      }
    },
  });
  return connection;
}

export type FakeConnection = ReturnType<typeof createFakeConnection>;
