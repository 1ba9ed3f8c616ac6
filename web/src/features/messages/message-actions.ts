import { restraintOf } from '@/features/rooms/restraint';
import { useRestraints } from '@/features/rooms/restraints';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { SHORTCUTS, type ShortcutId } from '@/features/shortcuts/table';
import { t } from '@/locales/late';
import { copyText } from '@/ui/copy-text';
import type { MenuItem } from '@/ui/menu/items';
import { mayEdit, useChanging } from './changing';
import { deleteMessage } from './deletion';
import { withNames } from './mentions';
import { useReplying } from './replying';
import { useMessages } from './store';
import type { StoredRow } from './stored-row';
import { useThreadOpening } from './threads/opening';

/** Something that can be done with a message: by its menu, some of it by a key, and what is of use and has an icon by its toolbar. */
export interface MessageAction {
  /** What belongs together stands together in the menu. */
  group: 'use' | 'grave';
  item: Omit<MenuItem, 'select'>;
  shortcut?: ShortcutId;
  applies: (row: StoredRow) => boolean;
  run: (row: StoredRow) => unknown;
}

/** What of a group can be done with this message, as items of a menu. */
export function itemsOf(
  actions: readonly MessageAction[],
  group: MessageAction['group'],
  row: StoredRow,
): MenuItem[] {
  return actions
    .filter((action) => action.group === group && action.applies(row))
    .map(({ item, shortcut, run }) => ({
      ...item,
      ...(shortcut === undefined ? {} : { keys: SHORTCUTS[shortcut].keys }),
      select: () => void run(row),
    }));
}

/** Where messages are shown: within their thread nobody opens it, and answers stand there by themselves. */
export type ShownIn = 'room' | 'thread';

/** All that can be done with the messages of a room, in the order of the menu. */
export function useMessageActions(room: number, shownIn: ShownIn): readonly MessageAction[] {
  const rooms = useRooms();
  const messages = useMessages();
  const session = useSession();
  const restraints = useRestraints();
  const changing = useChanging();
  const replying = useReplying();
  const opening = useThreadOpening();

  /** Whether one deletes what others wrote: who keeps order in the room, or on the server where everybody may see it. */
  function keepsOrder(): boolean {
    const summary = rooms.room(room);
    const inRoom = summary?.role === 'moderator' || summary?.role === 'owner';
    return inRoom || (summary?.kind === 'public' && session.user?.role !== undefined);
  }

  /** Whether this person is kept from writing: the server then takes no other text for a message either. */
  function isSilenced(): boolean {
    const summary = rooms.room(room);
    const restraint =
      summary && restraintOf(summary, session.user, restraints.of(room), Date.now());
    return restraint != null && restraint.kind !== 'slow';
  }

  return [
    {
      group: 'use',
      item: { label: t('messages.reply'), icon: 'reply' },
      shortcut: 'replyToMessage',
      applies: () => shownIn === 'room',
      run: ({ seq }) => replying.begin(room, seq),
    },
    {
      group: 'use',
      item: { label: t('messages.replyInThread'), icon: 'message' },
      shortcut: 'openThread',
      applies: () => shownIn === 'room',
      run: ({ seq, thread }) => {
        opening.wanted = thread ?? seq;
      },
    },
    {
      group: 'use',
      item: { label: t('messages.markUnread'), icon: 'unread' },
      shortcut: 'markUnread',
      applies: ({ own }) => shownIn === 'room' && !own && rooms.room(room)?.member === true,
      run: ({ seq }) => {
        rooms.markUnread(room, seq);
        messages.open(room, { readSeq: seq - 1, unread: 1 });
      },
    },
    {
      group: 'use',
      item: { label: t('messages.copy'), icon: 'copy' },
      applies: () => true,
      run: ({ text }) =>
        void navigator.clipboard?.writeText(withNames(text)).catch(() => undefined),
    },
    {
      group: 'use',
      item: { label: t('messages.copyLink'), icon: 'link' },
      shortcut: 'copyLink',
      applies: () => true,
      run: ({ seq }) => {
        const path = `rooms/${encodeURIComponent(rooms.addressOf(room))}/${seq}`;
        void copyText(new URL(path, document.baseURI).href);
      },
    },
    {
      group: 'use',
      item: { label: t('messages.edit'), icon: 'pencil' },
      shortcut: 'editMessage',
      applies: (row) => mayEdit(row) && !isSilenced(),
      run: (row) => changing.begin(room, row, 'edit'),
    },
    {
      group: 'grave',
      item: { label: t('messages.report'), icon: 'flag' },
      applies: ({ own }) => !own,
      run: (row) => changing.begin(room, row, 'report'),
    },
    {
      group: 'grave',
      item: { label: t('messages.delete'), icon: 'close', danger: true },
      shortcut: 'deleteMessage',
      applies: ({ own }) => own || keepsOrder(),
      run: ({ seq }) => deleteMessage(room, seq),
    },
  ];
}
