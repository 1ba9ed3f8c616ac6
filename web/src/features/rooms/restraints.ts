import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { ProtocolError } from '@/api/errors';
import type { LogEvent, RoomSnapshot } from '@/api/generated/protocol';
import type { Connection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';
import type { Told } from './restraint';

const NOTHING: Told = { mutedUntil: 0, wroteAt: 0, refusedUntil: 0 };

/** By what this person is kept from writing, room by room, as far as it was told. */
export const useRestraints = defineStore('restraints', () => {
  const session = useSession();
  const told = shallowReactive(new Map<number, Told>());
  /** How much later it is here than on the server, in milliseconds. */
  let ahead = 0;

  function change(room: number, fields: Partial<Told>): void {
    told.set(room, { ...(told.get(room) ?? NOTHING), ...fields });
  }

  function noteServerTime(serverTime: number): void {
    ahead = Date.now() - serverTime;
  }

  function noteEvent(event: LogEvent): void {
    const own = session.user?.userId;
    const { room, type } = event;
    if (type === 'message' && event.userId === own) {
      change(room, { wroteAt: Math.max(told.get(room)?.wroteAt ?? 0, event.at + ahead) });
    } else if (type === 'memberMuted' && event.subject.userId === own) {
      change(room, { mutedUntil: muteEnd(event.until) });
    } else if (type === 'memberUnmuted' && event.subject.userId === own) {
      change(room, { mutedUntil: 0 });
    }
  }

  function noteSnapshot({ messages, events }: Pick<RoomSnapshot, 'messages' | 'events'>): void {
    for (const event of [...messages, ...events]) {
      noteEvent(event);
    }
  }

  /** The server took a message not, and said why. */
  function noteRefusal(room: number, error: unknown): void {
    if (error instanceof ProtocolError && error.code === 'muted') {
      change(room, { mutedUntil: muteEnd(error.until) });
    } else if (error instanceof ProtocolError && error.code === 'slow_mode') {
      change(room, { refusedUntil: Date.now() + (error.retryAfterMs ?? 0) });
    }
  }

  function muteEnd(until: number | undefined): number {
    return until === undefined ? Number.POSITIVE_INFINITY : until + ahead;
  }

  return {
    of: (room: number) => told.get(room),
    noteServerTime,
    noteEvent,
    noteSnapshot,
    noteRefusal,
    forget: () => told.clear(),
  };
});

export function registerRestraintEvents(connection: Pick<Connection, 'on'>): void {
  const restraints = useRestraints();
  connection.on('welcome', ({ serverTime }) => restraints.noteServerTime(serverTime));
  connection.on('joined', (frame) => restraints.noteSnapshot(frame));
  connection.on('reset', (frame) => restraints.noteSnapshot(frame));
  for (const type of ['message', 'memberMuted', 'memberUnmuted'] as const) {
    connection.on(type, (event) => restraints.noteEvent(event));
  }
}
