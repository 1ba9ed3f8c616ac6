import { LOG_EVENT_TYPES } from '@/api/generated/protocol';
import type { Connection } from '@/features/connection/store';
import { subjectOf } from '@/features/people/subject';
import { useSession } from '@/features/session/store';
import { registerRestraintEvents } from './restraints';
import { useRooms } from './store';

export function registerRoomEvents(connection: Connection): void {
  const rooms = useRooms();
  registerRestraintEvents(connection);
  connection.on('welcome', (frame) => rooms.applyOwn(frame.rooms));
  connection.on('rooms', (frame) => rooms.applyList(frame.rooms));
  connection.on('joined', (frame) => rooms.applyRoomSnapshot(frame));
  connection.on('reset', (frame) => rooms.applyRoomSnapshot(frame));
  connection.on('roomGone', (frame) => rooms.setMember(frame.room, false));
  connection.on('membership', (frame) => rooms.applyMembership(frame));
  connection.on('directory', (frame) => rooms.applyDirectory(frame.changed, frame.removed));
  connection.on('readMark', (frame) => rooms.applyReadMark(frame.room, frame.seq));
  connection.on('markedUnread', (frame) => rooms.applyMarkedUnread(frame.room, frame.seq));
  connection.on('presence', (frame) => rooms.setOnline(frame.room, frame.online));
  connection.on('userRenamed', ({ user }) => rooms.applyName(user.userId, user.name));
  connection.on('memberRenamed', (event) => {
    const { userId, name } = subjectOf(event);
    rooms.applyName(userId, name);
  });
  // What oneself is in a room says what one may do there.
  connection.on('roleChanged', ({ room, subject, role }) => {
    if (subject.userId === useSession().user?.userId) {
      rooms.applyRole(room, role);
    }
  });
  connection.on('skipped', (frame) => rooms.applySkipped(frame));
  for (const type of LOG_EVENT_TYPES) {
    connection.on(type, (event) => rooms.applyEvent(event));
  }
}
