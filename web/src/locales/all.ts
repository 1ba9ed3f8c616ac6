import { en } from './en';
import { enAccounts } from './en.accounts';
import { enFiles } from './en.files';
import { enHabits } from './en.habits';
import { enLate } from './en.late';
import { enModeration } from './en.moderation';
import { enNotifications } from './en.notifications';
import { enSidebar } from './en.sidebar';
import { enStates } from './en.states';
import { together } from './together';

/** Every text of the client, in English. */
export const all = together(
  en,
  enLate,
  enAccounts,
  enModeration,
  enHabits,
  enFiles,
  enNotifications,
  enStates,
  enSidebar,
);

/** What every other language has to have. */
export type All = typeof all;
