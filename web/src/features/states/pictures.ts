import type { enStates } from '@/locales/en.states';
import type { IconName } from '@/ui/icons';

/** Every view that shows what the server is asked for. Its words stand in `states.empty` under the same name. */
export type LoadedView = keyof typeof enStates.states.empty;

/** What a view has in place of its list when there is nothing. */
export const PICTURES: Readonly<Record<LoadedView, IconName>> = {
  messages: 'message',
  rooms: 'hash',
  pins: 'pin',
  files: 'clip',
  saved: 'bookmark',
  activity: 'bell',
  drafts: 'pencil',
  scheduled: 'clock',
  threads: 'message',
  thread: 'message',
  people: 'people',
  search: 'search',
  browse: 'compass',
  invites: 'invite',
  reports: 'flag',
  openReports: 'check',
  accounts: 'people',
  accountBans: 'shield',
  roomBans: 'shield',
  adminRooms: 'hash',
  firstRooms: 'hash',
  groups: 'people',
  groupPeople: 'person',
  emoji: 'smile',
  audit: 'clock',
  serverSettings: 'sliders',
  devices: 'devices',
  blocked: 'person',
};
