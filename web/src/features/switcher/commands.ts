import type { RouteLocationRaw, Router } from 'vue-router';
import { useDialogs } from '@/features/dialogs/store';
import { LAYOUTS, layout } from '@/features/messages/layout/layout';
import { useRooms } from '@/features/rooms/store';
import { type AccountChoice, choicesFor, isPane } from '@/features/session/account-choices';
import { CHOICES } from '@/features/session/choice-looks';
import { useSession } from '@/features/session/store';
import { SHORTCUTS, type ShortcutId } from '@/features/shortcuts/table';
import { THEMES, useTheme } from '@/features/theme/store';
import { t } from '@/locales/late';
import type { IconName } from '@/ui/icons';
import type { Entry } from './find';

/** Something to be done from the switcher. */
export interface CommandEntry extends Entry {
  kind: 'command';
  icon: IconName;
  /** The keys that do the same. */
  keys?: string;
  run: () => unknown;
}

/** All that this person can do at the moment without a message or a room to point at. */
export function commandEntries(router: Router): CommandEntry[] {
  const entries: CommandEntry[] = [];
  const add = (key: string, label: string, icon: IconName, run: () => unknown, by?: ShortcutId) =>
    entries.push({
      key: `command-${key}`,
      kind: 'command',
      mark: '>',
      label: label.replace(/…$/u, ''),
      icon,
      bonus: 0,
      run,
      ...(by !== undefined && { keys: SHORTCUTS[by].keys }),
    });
  addPanes(add, router);
  addDialogs(add);
  addLook(add);
  return entries;
}

type Add = (
  key: string,
  label: string,
  icon: IconName,
  run: () => unknown,
  by?: ShortcutId,
) => unknown;

/** What stands beside a conversation. */
function addPanes(add: Add, router: Router): void {
  const rooms = useRooms();
  const room = rooms.active?.member ? rooms.active : undefined;
  if (room === undefined) {
    return;
  }
  const to = (pane: string): RouteLocationRaw => ({
    name: 'room',
    params: { room: rooms.addressOf(room.room) },
    query: { pane },
  });
  const show = (pane: string) => () => router.push(to(pane));
  add('search', t('messages.search'), 'search', show('search'), 'search');
  add('threads', t('messages.threads'), 'message', show('threads'));
  for (const pane of ownChoices().filter(isPane)) {
    add(pane, t(CHOICES[pane].text), CHOICES[pane].icon, show(pane));
  }
  add('pins', t('rooms.pins'), 'pin', show('pins'));
  add('files', t('rooms.files'), 'clip', show('files'));
  add('people', t('rooms.showPeople'), 'people', show('people'));
  add('read', t('shortcuts.markRead'), 'check', () => rooms.markRead(room.room), 'markRead');
  add('all-read', t('shortcuts.markAllRead'), 'check', rooms.markAllRead, 'markAllRead');
}

function addDialogs(add: Add): void {
  const dialogs = useDialogs();
  const show = (name: NonNullable<typeof dialogs.shown>) => () => {
    dialogs.shown = name;
  };
  add('create', t('rooms.create'), 'plus', show('publicRoom'));
  add('write', t('rooms.write'), 'person', show('conversation'));
  add('browse', t('rooms.browse'), 'compass', show('browse'));
  add('help', t('shortcuts.help'), 'keyboard', show('shortcuts'), 'helpAnywhere');
  for (const choice of ownChoices()) {
    if (!isPane(choice)) {
      add(choice, t(CHOICES[choice].text), CHOICES[choice].icon, show(choice));
    }
  }
}

/** What this person finds in the account menu as well. */
function ownChoices(): AccountChoice[] {
  const { user } = useSession();
  return choicesFor(user?.kind ?? 'guest', user?.role);
}

function addLook(add: Add): void {
  const theme = useTheme();
  for (const each of THEMES.filter((one) => one !== theme.theme)) {
    add(`theme-${each}`, `${t('theme.label')}: ${t(`theme.${each}`)}`, 'eye', () => {
      theme.theme = each;
    });
  }
  for (const each of LAYOUTS.filter((one) => one !== layout.value)) {
    add(`layout-${each}`, `${t('layout.label')}: ${t(`layout.${each}`)}`, 'message', () => {
      layout.value = each;
    });
  }
}
