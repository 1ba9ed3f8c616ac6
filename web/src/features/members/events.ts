import type { Connection } from '@/features/connection/store';
import { useMembers } from './store';

export function registerMemberEvents(connection: Connection): void {
  const members = useMembers();
  connection.on('joined', (frame) => members.takeSnapshot(frame));
  connection.on('reset', (frame) => members.takeSnapshot(frame));
  // The log is replayed, presence is not: who came and went meanwhile has to be asked for.
  connection.on('resumed', (frame) => members.markStale(frame.room));
  connection.on('left', (frame) => members.forget(frame.room));
  connection.on('roomGone', (frame) => members.forget(frame.room));
  connection.on('roomDeleted', (event) => members.forget(event.room));
  connection.on('memberJoined', (event) => members.takeMembership(event.room, event));
  connection.on('memberLeft', (event) => members.takeMembership(event.room, event));
  connection.on('memberRenamed', (event) => members.takeMembership(event.room, event));
  connection.on('presence', (frame) => {
    members.takePresence(frame.room, frame.changes, frame.online);
    if (frame.truncated) {
      members.markStale(frame.room);
    }
  });
  connection.on('stale', () => members.markAllStale());
}
