import type { Connection } from '@/features/connection/store';
import { useMembers } from './store';

export function registerMemberEvents(connection: Connection): void {
  const members = useMembers();
  /** Rooms whose people came with the view that this connection began with. */
  const begunAnew = new Set<number>();
  connection.on('welcome', () => begunAnew.clear());
  connection.on('joined', (frame) => members.applySnapshot(frame));
  connection.on('reset', (frame) => {
    begunAnew.add(frame.room);
    members.applySnapshot(frame);
  });
  // The log is replayed, presence is not: who came and went meanwhile has to be asked for.
  connection.on('resumed', ({ room }) => {
    if (!begunAnew.delete(room)) {
      members.markStale(room);
    }
  });
  connection.on('left', (frame) => members.forget(frame.room));
  connection.on('roomGone', (frame) => members.forget(frame.room));
  connection.on('roomDeleted', (event) => members.forget(event.room));
  connection.on('memberJoined', (event) => members.applyMembership(event.room, event));
  connection.on('memberAdded', (event) => members.applyMembership(event.room, event));
  connection.on('memberRemoved', (event) => members.applyMembership(event.room, event));
  connection.on('memberLeft', (event) => members.applyMembership(event.room, event));
  connection.on('memberRenamed', (event) => members.applyMembership(event.room, event));
  connection.on('presence', (frame) => {
    members.applyPresence(frame.room, frame.changes, frame.online);
    if (frame.truncated) {
      members.markStale(frame.room);
    }
  });
  connection.on('stale', () => members.markAllStale());
}
