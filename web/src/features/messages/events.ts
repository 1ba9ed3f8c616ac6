import type { Connection } from '@/features/connection/store';
import { useMessages } from './store';

/** One handler for each server event that concerns messages. */
export function registerMessageEvents(connection: Pick<Connection, 'on'>): void {
  const messages = useMessages();

  connection.on('message', messages.applyEvent);
  connection.on('memberJoined', messages.applyEvent);
  connection.on('memberLeft', messages.applyEvent);
  connection.on('memberRenamed', messages.applyEvent);
  connection.on('roomCreated', messages.applyEvent);
  connection.on('roomUpdated', messages.applyEvent);

  connection.on('joined', messages.applySnapshot);
  connection.on('reset', messages.applyReset);
  connection.on('resumed', messages.applyResumed);

  connection.on('left', ({ room }) => messages.forget(room));
  connection.on('roomDeleted', ({ room }) => messages.forget(room));
  connection.on('roomGone', ({ room }) => messages.forget(room));
  connection.on('membership', ({ room, member }) => {
    if (!member) {
      messages.forget(room);
    }
  });
}
