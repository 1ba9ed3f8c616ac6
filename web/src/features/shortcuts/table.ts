import { t } from '@/locales';
import { EVERYWHERE, type Shortcut } from '@/ui/shortcuts/shortcuts';

/** Every shortcut of the client. Who carries one out binds himself to its name with `useShortcut`. */
export const SHORTCUTS = {
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
  closePane: {
    keys: 'Escape',
    scope: 'right-pane',
    description: () => t('shortcuts.closePane'),
  },
} satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof SHORTCUTS;
