import { EVERYWHERE, type Shortcut } from '@/ui/shortcuts/shortcuts';

/** Every shortcut of the client. Who carries one out binds himself to its name with `useShortcut`. */
export const SHORTCUTS = {
  switcher: {
    keys: 'Mod+K',
    scope: EVERYWHERE,
    inFields: true,
  },
  help: { keys: '?', scope: EVERYWHERE },
  helpAnywhere: {
    keys: 'Mod+/',
    scope: EVERYWHERE,
    inFields: true,
  },
  previousRoom: goes('Alt+ArrowUp'),
  nextRoom: goes('Alt+ArrowDown'),
  previousUnread: goes('Alt+Shift+ArrowUp'),
  nextUnread: goes('Alt+Shift+ArrowDown'),
  markRead: {
    keys: 'Escape',
    scope: EVERYWHERE,
    inFields: true,
  },
  markAllRead: {
    keys: 'Shift+Escape',
    scope: EVERYWHERE,
    inFields: true,
  },
  // The list of messages carries these two out itself: they are for whoever is at a message's address or at its tools.
  moveToMessage: {
    keys: 'ArrowUp',
    scope: 'messages',
  },
  messageMenu: { keys: '+', scope: 'messages' },
  replyToMessage: {
    keys: 'R',
    scope: 'messages',
  },
  openThread: {
    keys: 'T',
    scope: 'messages',
  },
  markUnread: { keys: 'U', scope: 'messages' },
  editMessage: {
    keys: 'E',
    scope: 'messages',
  },
  copyLink: { keys: 'C', scope: 'messages' },
  deleteMessage: {
    keys: 'Delete',
    scope: 'messages',
  },
  undoDeletion: { keys: 'Mod+Z', scope: 'messages' },
  // By the composer itself, where nothing is written.
  editLast: {
    keys: 'ArrowUp',
    scope: 'composer',
    inFields: true,
  },
  cancelReply: {
    keys: 'Escape',
    scope: 'composer',
    inFields: true,
  },
  search: {
    keys: 'Mod+F',
    scope: EVERYWHERE,
    inFields: true,
  },
  closePane: {
    keys: 'Escape',
    scope: 'right-pane',
    inFields: true,
  },
  bold: formats('Mod+B'),
  italic: formats('Mod+I'),
  code: formats('Mod+E'),
  strike: formats('Mod+Shift+X'),
} satisfies Readonly<Record<string, Shortcut>>;

function goes(keys: string): Shortcut {
  return { keys, scope: EVERYWHERE, inFields: true };
}

function formats(keys: string): Shortcut {
  return { keys, scope: 'composer', inFields: true };
}

export type ShortcutId = keyof typeof SHORTCUTS;
