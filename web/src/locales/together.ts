import type { en } from './en';
import type { enAccounts } from './en.accounts';
import type { enFiles } from './en.files';
import type { enHabits } from './en.habits';
import type { enLate } from './en.late';
import type { enModeration } from './en.moderation';
import type { enNotifications } from './en.notifications';
import type { enSidebar } from './en.sidebar';
import type { enStates } from './en.states';

/** The parts of a language as one: some nouns have texts in the first view and others later. */
export function together(
  first: typeof en,
  late: typeof enLate,
  accounts: typeof enAccounts,
  moderation: typeof enModeration,
  habits: typeof enHabits,
  files: typeof enFiles,
  notifications: typeof enNotifications,
  states: typeof enStates,
  sidebar: typeof enSidebar,
) {
  return {
    ...first,
    ...late,
    ...accounts,
    ...moderation,
    ...habits,
    ...files,
    ...states,
    ...notifications,
    ...sidebar,
    commands: { ...first.commands, ...late.commands },
    errors: { ...first.errors, ...late.errors },
    members: { ...first.members, ...late.members },
    messages: { ...first.messages, ...late.messages },
    rooms: { ...first.rooms, ...late.rooms },
    session: { ...first.session, ...late.session },
    shortcuts: { ...first.shortcuts, ...habits.shortcuts },
  };
}
