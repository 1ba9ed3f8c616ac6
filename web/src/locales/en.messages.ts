/** "Alex", "Alex and Sam", "Alex, Sam and 3 others": the way a folded line names its people. */
function people(names: readonly string[]): string {
  const [first = '', second, third] = names;
  if (second === undefined) {
    return first;
  }
  if (third === undefined) {
    return `${first} and ${second}`;
  }
  if (names.length === 3) {
    return `${first}, ${second} and ${third}`;
  }
  return `${first}, ${second} and ${names.length - 2} others`;
}

interface Why {
  until?: string;
  reason?: string;
}

/** Up to when, and why, as far as that was said. */
function because({ until, reason }: Why): string {
  return (until ? ` until ${until}` : '') + (reason ? `: ${reason}` : '');
}

/** The strings of the message list and of the composer; `en.ts` takes them in. */
export const enMessages = {
  messages: {
    replies: (n: number) => (n === 1 ? '1 reply' : `${n >= 1000 ? '1000+' : n} replies`),
    inThread: 'Replied in a thread',
    thread: 'Thread',
    threads: 'Threads',
    threadsUnread: (n: string) => `${n} with new replies`,
    listLabel: (room: string) => `Messages in ${room}`,
    today: 'Today',
    yesterday: 'Yesterday',
    unreadLine: 'New messages',
    newPill: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
    newSince: (count: string, moment: string) => `${count} new since ${moment}`,
    markRead: 'Mark as read',
    toNewest: 'Jump to newest',
    joined: (names: readonly string[]) => `${people(names)} joined`,
    left: (names: readonly string[]) => `${people(names)} left`,
    renamed: (oldName: string, name: string) => `${oldName} is now ${name}`,
    roleChanged: (name: string, subject: string, role: 'member' | 'moderator' | 'owner') =>
      `${name} made ${subject} ${role === 'owner' ? 'an owner' : `a ${role}`} of this room`,
    memberRemoved: (name: string, subject: string, why: Why) =>
      `${name} removed ${subject}${because(why)}`,
    memberBanned: (name: string, subject: string, why: Why) =>
      `${name} banned ${subject} from this room${because(why)}`,
    memberUnbanned: (name: string, subject: string) => `${name} ended the ban of ${subject}`,
    memberMuted: (name: string, subject: string, why: Why) =>
      `${name} muted ${subject} in this room${because(why)}`,
    memberUnmuted: (name: string, subject: string) => `${name} lets ${subject} write again`,
    roomCreated: (name: string) => `${name} created this room`,
    roomUpdated: (name: string, title: string) => `${name} changed this room: ${title}`,
    roomDeleted: (name: string) => `${name} deleted this room`,
    with: (names: string) => `your conversation with ${names}`,
    beginning: (room: string) => `This is the beginning of ${room}`,
    empty: 'No messages yet. Say hello!',
    loading: 'Loading messages',
    loadFailed: 'Messages could not be loaded.',
    loadRetry: 'Try again',
    showAll: 'Show all',
    showLess: 'Show less',
    edited: 'edited',
    pinned: 'pinned',
    deleted: 'This message was deleted.',
    sending: 'Sending',
    menu: 'Message',
    toAnswered: 'Go to the message that this one answers',
    notHere: 'This message is not here.',
    blocked: 'From somebody you blocked',
    search: 'Search messages',
    copyCode: 'Copy',
    codeCopied: 'Copied',
    spoiler: 'Spoiler. Show it',
    you: 'You',
  },
  commands: {
    offline: 'You are offline. A command can be carried out once the connection is back.',
  },
  composer: {
    label: (room: string) => `Message ${room}`,
    send: 'Send message',
    replying: 'The message you reply to',
    noReply: 'Do not reply to it',
    remaining: (count: number) => (count === 1 ? '1 character left' : `${count} characters left`),
    over: (count: number) =>
      count === 1 ? '1 character too many' : `${count} characters too many`,
    tooLong: (limit: number, length: number) =>
      `A message has at most ${limit.toLocaleString('en')} characters; this one has ${length.toLocaleString('en')}.`,
    tooMuch: (limit: number, length: number) =>
      `That would make ${length.toLocaleString('en')} characters; a message has at most ${limit.toLocaleString('en')}. Nothing was put in.`,
    commandList: 'Commands',
    emojiList: 'Emoji',
    peopleList: 'People',
    roomList: 'Rooms',
    proposals: (count: number) => (count === 1 ? '1 suggestion' : `${count} suggestions`),
  },
};
