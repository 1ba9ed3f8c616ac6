import type { ErrorCode } from '@/api/generated/protocol';
import { enMessages } from './en.messages';

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** The strings of the first view, in English; all others are in `en.late.ts`. */
export const en = {
  app: {
    name: 'Chinwag',
    titleWithUnread: (unread: string, title: string) => `(${unread}) ${title}`,
    roomTitle: (room: string) => `${room} – Chinwag`,
    close: 'Close',
    cancel: 'Cancel',
    loading: 'Loading',
    toasts: 'Notices',
  },
  keys: {
    ctrl: 'Ctrl',
    alt: 'Alt',
    shift: 'Shift',
    escape: 'Esc',
    enter: 'Enter',
    delete: 'Del',
  },
  shortcuts: {
    switcher: 'Find anything',
  },
  session: {
    accountRegion: 'Account',
    account: (name: string) => `Account of ${name}`,
    guest: 'Guest',
  },
  rooms: {
    label: 'Rooms',
    unreadHeading: 'Unread',
    draft: 'draft',
    drafts: 'Drafts',
    muted: 'muted',
    others: 'More rooms',
    online: (n: number) => `${n} online`,
    mentions: (count: string) => (count === '1' ? '1 mention' : `${count} mentions`),
    unread: (n: string) => `${n} unread`,
    none: 'You are in no room yet.',
    conversations: 'Direct messages',
    noConversations: 'Write to somebody by a click on their name.',
    write: 'Write to somebody',
    private: 'private',
    privateRoom: 'Private room',
    archived: 'Archived',
    noOthers: 'You are in every room there is.',
    create: 'Create a room',
    browse: 'Browse rooms',
    browseAll: 'Browse all',
    menu: (title: string) => `More about ${title}`,
    pins: 'Pinned messages',
    files: 'Files',
    pinnedHeading: 'Pinned',
    mutedHeading: 'Muted',
    emptyFolder: 'Nothing is in here yet.',
    saved: 'Saved messages',
    activity: 'Activity',
    scheduled: 'Scheduled and reminders',
    back: 'Back to the rooms',
    showPeople: 'Show people',
    hidePeople: 'Hide people',
  },
  members: {
    label: 'People',
    online: 'Online',
    away: 'Away',
    offline: 'Offline',
  },
  typing: {
    one: (name: string) => `${name} is typing`,
    two: (first: string, second: string) => `${first} and ${second} are typing`,
    several: 'Several people are typing',
  },
  connection: {
    connecting: 'Reconnecting',
    waiting: (seconds: number) => `Reconnecting in ${seconds} s`,
    lost: 'The connection is lost. Reconnecting.',
    noUpgrade:
      'The proxy does not pass WebSocket upgrades. Whoever runs the server finds in its log what to change.',
    noOrigin:
      'The server does not know this address as its own. Whoever runs it finds in its log what to change.',
    catchingUp: 'Catching up',
    tryNow: 'Try now',
  },
  errors: {
    connection: 'The server cannot be reached. Check your connection and try again.',
    tooFast: (seconds: number) =>
      `That was too fast. Try again in ${count(seconds, 'second', 'seconds')}.`,
    unexpected: 'Something went wrong. Try again.',
  },
  /** The server's refusals in this language; its own sentence stands in for those that are not here. */
  refusals: {
    name_taken: 'Somebody has this name already, or one that looks like it. Try another one.',
    room_not_found: 'There is no such room.',
    room_exists: 'There is a room with this address already.',
    not_member: 'Join the room first.',
    forbidden: 'You may not do this here.',
    busy: 'The server is busy. Try again.',
    unavailable: 'The server is not available at the moment. Try again.',
    internal: 'Something went wrong on the server. Try again.',
  } satisfies Partial<Record<ErrorCode, string>>,
  ...enMessages,
};
