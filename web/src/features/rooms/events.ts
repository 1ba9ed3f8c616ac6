import { LOG_EVENT_TYPES } from '@/api/generated/protocol';
import type { Connection } from '@/features/connection/store';
import { useRooms } from './store';

export function registerRoomEvents(connection: Connection): void {
  const rooms = useRooms();
  connection.on('welcome', (frame) => rooms.applyOwn(frame.rooms));
  connection.on('rooms', (frame) => rooms.applyList(frame.rooms));
  connection.on('joined', (frame) => rooms.applyRoomSnapshot(frame));
  connection.on('reset', (frame) => rooms.applyRoomSnapshot(frame));
  connection.on('roomGone', (frame) => rooms.setMember(frame.room, false));
  connection.on('membership', (frame) => rooms.applyMembership(frame));
  connection.on('directory', (frame) => rooms.applyDirectory(frame.changed, frame.removed));
  connection.on('readMark', (frame) => rooms.applyReadMark(frame.room, frame.seq));
  connection.on('presence', (frame) => rooms.setOnline(frame.room, frame.online));
  for (const type of LOG_EVENT_TYPES) {
    connection.on(type, (event) => rooms.applyEvent(event));
  }
}
