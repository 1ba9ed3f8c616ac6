import type { Connection } from '@/features/connection/store';
import { useMessages } from './store';

/** One handler for each server event that concerns messages. */
export function registerMessageEvents(connection: Pick<Connection, 'on'>): void {
  const messages = useMessages();

  connection.on('message', messages.takeEvent);
  connection.on('memberJoined', messages.takeEvent);
  connection.on('memberLeft', messages.takeEvent);
  connection.on('memberRenamed', messages.takeEvent);
  connection.on('roomCreated', messages.takeEvent);
  connection.on('roomUpdated', messages.takeEvent);

  connection.on('joined', messages.takeSnapshot);
  connection.on('reset', messages.takeReset);
  connection.on('resumed', messages.takeResumed);

  connection.on('left', ({ room }) => messages.forget(room));
  connection.on('roomDeleted', ({ room }) => messages.forget(room));
  connection.on('roomGone', ({ room }) => messages.forget(room));
  connection.on('membership', ({ room, member }) => {
    if (!member) {
      messages.forget(room);
    }
  });
}
