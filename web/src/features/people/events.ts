import { LOG_EVENT_TYPES, type LogEvent } from '@/api/generated/protocol';
import type { Connection } from '@/features/connection/store';
import type { PeopleTable } from './people-table';
import { usePeople } from './store';

/** Writes down what any frame says of people, before the other features hear of it. */
export function registerPeopleEvents(connection: Pick<Connection, 'on'>): void {
  const { table } = usePeople();
  connection.on('welcome', ({ user, serverTime }) => {
    table.noteTime(serverTime);
    table.noteNow([user]);
  });
  for (const type of ['joined', 'reset'] as const) {
    connection.on(type, ({ messages, events, members }) => {
      noteEvents(table, messages);
      noteEvents(table, events);
      table.noteMembers(members);
    });
  }
  connection.on('history', ({ messages, events }) => {
    noteEvents(table, messages);
    noteEvents(table, events);
  });
  for (const type of LOG_EVENT_TYPES) {
    connection.on(type, (event) => noteEvents(table, [event]));
  }
  connection.on('thread', ({ root, messages }) => noteEvents(table, [root, ...messages]));
  connection.on('threads', ({ threads }) =>
    noteEvents(
      table,
      threads.map(({ root }) => root),
    ),
  );
  connection.on('members', ({ members }) => table.noteMembers(members));
  connection.on('presence', ({ changes }) => table.noteMembers(changes));
  connection.on('typing', ({ users }) => table.noteNow(users));
  connection.on('renamed', ({ user }) => table.noteNow([user]));
  connection.on('userRenamed', ({ user }) => table.noteNow([user]));
}

/** An event names who acted, and by `subject` to whom it happened. */
function noteEvents(table: PeopleTable, events: readonly LogEvent[]): void {
  for (const event of events) {
    table.noteAuthor(event, event.at);
    if ('mentions' in event) {
      table.noteNow(event.mentions ?? []);
    }
    if ('subject' in event && event.subject !== undefined) {
      table.noteAuthor(event.subject, event.at);
    }
  }
}
