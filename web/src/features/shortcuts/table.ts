import { t } from '@/locales';
import { EVERYWHERE, type Shortcut } from '@/ui/shortcuts/shortcuts';

/** Every shortcut of the client. Who carries one out binds himself to its name with `useShortcut`. */
export const SHORTCUTS = {
  switcher: {
    keys: 'Mod+K',
    scope: EVERYWHERE,
    inFields: true,
    description: () => t('shortcuts.switcher'),
  },
  markRead: {
    keys: 'Escape',
    scope: EVERYWHERE,
    inFields: true,
    description: () => t('shortcuts.markRead'),
  },
  markAllRead: {
    keys: 'Shift+Escape',
    scope: EVERYWHERE,
    inFields: true,
    description: () => t('shortcuts.markAllRead'),
  },
  replyToMessage: {
    keys: 'R',
    scope: 'messages',
    description: () => t('shortcuts.replyToMessage'),
  },
  openThread: {
    keys: 'T',
    scope: 'messages',
    description: () => t('messages.replyInThread'),
  },
  editMessage: {
    keys: 'E',
    scope: 'messages',
    description: () => t('shortcuts.editMessage'),
  },
  deleteMessage: {
    keys: 'Delete',
    scope: 'messages',
    description: () => t('shortcuts.deleteMessage'),
  },
  cancelReply: {
    keys: 'Escape',
    scope: 'composer',
    inFields: true,
    description: () => t('shortcuts.cancelReply'),
  },
  search: {
    keys: 'Mod+F',
    scope: EVERYWHERE,
    inFields: true,
    description: () => t('messages.search'),
  },
  closePane: {
    keys: 'Escape',
    scope: 'right-pane',
    inFields: true,
    description: () => t('shortcuts.closePane'),
  },
  bold: formats('Mod+B', 'bold'),
  italic: formats('Mod+I', 'italic'),
  code: formats('Mod+E', 'code'),
  strike: formats('Mod+Shift+X', 'strike'),
} satisfies Readonly<Record<string, Shortcut>>;

function formats(keys: string, how: 'bold' | 'italic' | 'code' | 'strike'): Shortcut {
  return { keys, scope: 'composer', inFields: true, description: () => t(`shortcuts.${how}`) };
}

export type ShortcutId = keyof typeof SHORTCUTS;
