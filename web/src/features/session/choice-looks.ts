import type { IconName } from '@/ui/icons';
import type { AccountChoice } from './account-choices';

/** What each choice of the account menu looks like and says, wherever it is offered. */
export const CHOICES = {
  activity: { icon: 'bell', text: 'activity.heading' },
  saved: { icon: 'bookmark', text: 'messages.savedMenu' },
  scheduled: { icon: 'clock', text: 'later.heading' },
  account: { icon: 'person', text: 'accounts.menu' },
  keep: { icon: 'person', text: 'accounts.keepMenu' },
  rename: { icon: 'pencil', text: 'session.rename' },
  link: { icon: 'devices', text: 'accounts.linkMenu' },
  invite: { icon: 'invite', text: 'invites.menu' },
  admin: { icon: 'shield', text: 'admin.menu' },
  settings: { icon: 'sliders', text: 'settings.menu' },
  signOut: { icon: 'leave', text: 'session.signOut' },
} as const satisfies Readonly<Record<AccountChoice, { icon: IconName; text: string }>>;
