import { LOG_EVENT_TYPES } from '@/api/generated/protocol';
import type { Connection } from '@/features/connection/store';
import { useMessages } from './store';

/** One handler for each server event that concerns messages. */
export function registerMessageEvents(connection: Pick<Connection, 'on'>): void {
  const messages = useMessages();

  for (const type of LOG_EVENT_TYPES) {
    connection.on(type, messages.applyEvent);
  }

  connection.on('skipped', messages.applySkipped);
  connection.on('joined', messages.applySnapshot);
  connection.on('reset', messages.applyReset);
  connection.on('resumed', messages.applyResumed);

  connection.on('left', ({ room }) => messages.forget(room));
  // Its last event, which was applied just now.
  connection.on('roomDeleted', ({ room }) => messages.forget(room));
  connection.on('roomGone', ({ room }) => messages.forget(room));
  connection.on('membership', ({ room, member }) => {
    if (!member) {
      messages.forget(room);
    }
  });
}
