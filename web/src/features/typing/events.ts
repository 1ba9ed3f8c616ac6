import type { Connection } from '@/features/connection/store';
import { useTyping } from './store';

export function registerTypingEvents(connection: Connection): void {
  const typing = useTyping();
  connection.on('typing', (frame) => typing.apply(frame));
  connection.on('message', (event) => typing.endFor(event.room, event.userId));
}
