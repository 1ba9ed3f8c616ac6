import { en } from './en';
import { enAccounts } from './en.accounts';
import { enHabits } from './en.habits';
import { enLate } from './en.late';
import { enModeration } from './en.moderation';
import { translator } from './translator';

/** Any text of the client. For what comes in a file of its own alone: the first view does not carry these. */
export const t = translator({
  ...en,
  ...enLate,
  ...enAccounts,
  ...enModeration,
  ...enHabits,
  commands: { ...en.commands, ...enLate.commands },
  errors: { ...en.errors, ...enLate.errors },
  members: { ...en.members, ...enLate.members },
  messages: { ...en.messages, ...enLate.messages },
  rooms: { ...en.rooms, ...enLate.rooms },
  shortcuts: { ...en.shortcuts, ...enHabits.shortcuts },
  session: { ...en.session, ...enLate.session },
});
