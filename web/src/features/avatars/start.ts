import { effectScope, watch } from 'vue';
import { fetchAvatars } from '@/api/avatars';
import type { Connection } from '@/features/connection/store';
import { followEmoji } from '@/features/emoji/own/start';
import { useSession } from '@/features/session/store';
import { pictures } from '@/ui/avatar';
import { AvatarTable } from './table';

let started: object | undefined;
let table: AvatarTable | undefined;

/** Begins to show pictures, those of emoji as well, and looks at all of them anew with each call. */
export function followAvatars(connection: Connection): void {
  const session = useSession();
  if (started !== session) {
    started = session;
    table = new AvatarTable((people, rooms) =>
      session.ask((token) => fetchAvatars(people, rooms, token)),
    );
    const known = table;
    effectScope(true).run(() => follow(connection, known));
    pictures.value = table;
  }
  table?.lookAtAll();
  followEmoji(connection);
}

function follow(connection: Connection, table: AvatarTable): void {
  const session = useSession();
  connection.on('directory', ({ avatars }) => {
    for (const { userId, avatar } of avatars ?? []) {
      table.note(userId === undefined ? 'server' : `p${userId}`, avatar);
    }
  });
  // A room's log says only that something of it is other than before.
  connection.on('roomUpdated', ({ room }) => table.look(`r${room}`));
  watch(
    () => session.user?.userId,
    () => table.clear(),
    { flush: 'sync' },
  );
}
