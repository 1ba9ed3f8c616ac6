/** "Alex", "Alex and Sam", "Alex, Sam and Kim". */
function list(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' and ');
}

/** The strings, in English, of what the first view does not show. */
export const enLate = {
  session: {
    heading: 'Welcome to Chinwag',
    name: 'Your name',
    nameHint: 'Up to 40 characters.',
    room: 'Where to?',
    otherRoom: 'Another room',
    otherRoomName: 'Name of the room',
    enter: 'Start talking',
    entering: 'One moment',
    expired: 'Your session has ended. Sign in again.',
    signedOut: 'You signed out in another window.',
    endedElsewhere:
      'You were signed out here: the session was ended, or the password changed, on another device.',
    rename: 'Change name',
    renameHeading: 'Change your name',
    renameHint: 'Everyone sees the new name, on earlier messages too.',
    newName: 'New name',
    save: 'Save',
    signOut: 'Sign out',
    signOutHeading: 'Sign out?',
    signOutWarning: {
      guest:
        'For 30 days only this browser can take your name again. Messages you have sent stay where they are.',
      member: 'You sign in again with your name and your password.',
    },
  },
  messages: {
    react: 'React…',
    reactWith: (emoji: string) => `React with ${emoji}`,
    reactions: 'Reactions',
    whoReacted: 'Who reacted…',
    reacted: (emoji: string, names: readonly string[], more: number) => {
      const others = more > 0 ? [more === 1 ? '1 more' : `${more} more`] : [];
      return `${list([...names, ...others])} reacted with ${emoji}`;
    },
    reactHeading: 'React',
    reactSearch: 'Name of an emoji',
    editHeading: 'Edit message',
    editLabel: 'Text of the message',
    editSave: 'Save',
    editEmpty: 'A message needs some text. Delete it instead.',
    deleteHeading: 'Delete this message?',
    deleteWarning: 'It is gone for everybody. A line stays that says so.',
    deleteSubmit: 'Delete',
  },
  theme: {
    label: 'Colours',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
  },
  clock: {
    label: 'Time of day',
    system: 'System',
    '12': '12 hours',
    '24': '24 hours',
  },
  emoji: {
    label: 'Emoji from text',
  },
  rooms: {
    search: 'Search rooms',
    noneFound: 'No room is called like that.',
    more: 'Show more',
    open: 'Open',
    openRoom: (title: string) => `Open ${title}`,
    sort: 'Who is it for?',
    sorts: { public: 'Public room', private: 'Private room', people: 'Direct message' },
    sortHints: {
      public: 'Everybody finds it and may join it.',
      private: 'Only those who are in it see it, and they bring others in.',
      people: 'One person, or up to seven. Nobody else sees it.',
    },
    bringAlong: 'Who comes along? (optional)',
    peopleHeading: (room: string) => `People in ${room}`,
    titleField: 'Title',
    slugField: 'Address',
    slugHint: 'Where the room is found. Made of the title, unless you write another one.',
    slugChangeHint: 'Links to the present address go on leading here.',
    topicField: 'Topic (optional)',
    createSubmit: 'Create room',
    leaveHeading: (title: string) => `Leave ${title}?`,
    leaveWarning:
      'Its messages no longer come to you, and you are no longer among its people. You can join it again.',
    leaveSubmit: 'Leave room',
    settingsHeading: (room: string) => `Change ${room}`,
    save: 'Save',
    deleteRoom: 'Delete room…',
    deleteHeading: (title: string) => `Delete ${title}?`,
    deleteWarning:
      'The room and all its messages are gone then, for everyone. This cannot be undone.',
    deleteSubmit: 'Delete room',
    keep: 'Keep it',
  },
  people: {
    pick: 'To whom?',
    search: 'Search people',
    noneFound: 'Nobody whom you share a room with is called like that.',
    pickSomebody: 'Choose somebody first.',
    tooMany: (most: number) =>
      `A conversation has at most ${most} others. Create a private room for more.`,
    write: 'Start writing',
    message: 'Message',
    add: 'Add people',
    addSubmit: 'Add',
    remove: 'Remove',
    removeName: (name: string) => `Remove ${name}`,
    removeFrom: (room: string) => `Remove from ${room}`,
    roleOf: (name: string) => `Role of ${name}`,
    roles: { member: 'Member', moderator: 'Moderator', owner: 'Owner' },
    card: (name: string) => `About ${name}`,
    kinds: { member: 'Member', guest: 'Guest', visitor: 'Visitor', bot: 'Bot' },
    staff: {
      moderator: 'Moderator of this server',
      admin: 'Administrator',
      owner: 'Owner of this server',
    },
    own: 'This is you',
  },
  members: {
    /** By which protocol somebody is connected who does not use this client or one like it. */
    simple: 'Guest, simple protocol',
    socketio: 'Guest, Socket.IO',
    otherProtocol: (protocol: string) => `Guest, ${protocol}`,
    you: 'you',
    none: 'Nobody is here yet.',
    failed: 'The list could not be loaded.',
    retry: 'Try again',
  },
  errors: {
    nameLength: 'A name has 1 to 40 characters.',
    roomRequired: 'Choose a room.',
    titleRequired: 'Give the room a title.',
  },
  commands: {
    me: { argument: 'text', description: 'Say what you are doing' },
    nick: { argument: 'name', description: 'Change your name' },
    join: { argument: 'room', description: 'Go to a room' },
    leave: { argument: '', description: 'Leave this room' },
    who: { argument: '', description: 'See who is here' },
    away: { argument: '', description: 'Be shown as away' },
    logout: { argument: '', description: 'Sign out' },
    help: { argument: '', description: 'List the commands' },
  },
};
