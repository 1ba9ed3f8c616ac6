import { deAccounts } from './de.accounts';
import { deFiles } from './de.files';
import { deFirst } from './de.first';
import { deHabits } from './de.habits';
import { deLate } from './de.late';
import { deModeration } from './de.moderation';
import { deNotifications } from './de.notifications';
import { deSidebar } from './de.sidebar';
import { deStates } from './de.states';
import { together } from './together';

/** Every text of the client, in German. It comes for those who read it. */
export const de = together(
  deFirst,
  deLate,
  deAccounts,
  deModeration,
  deHabits,
  deFiles,
  deNotifications,
  deStates,
  deSidebar,
);
