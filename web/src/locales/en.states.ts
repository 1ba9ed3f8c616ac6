/** The strings, in English, of what stands in place of a list: while it comes, when there is nothing, and when it does not come. */
export const enStates = {
  states: {
    offline: 'No connection',
    offlineHint: 'It comes as soon as the server can be reached again.',
    offlineMessages:
      'They come as soon as the server can be reached again. What you write meanwhile is sent then.',
    failed: 'This could not be loaded',
    refused: 'This is not open to you',
    refusedHint: 'Whoever runs the room or the server can let you see it.',
    retry: 'Try again',
    settings: {
      waiting: 'The server is asked for what your other devices have.',
      offline:
        'No connection. What you change holds here, and on your other devices as soon as there is one.',
      failed: (problem: string) =>
        `What you change holds here, and could not be kept for your other devices. ${problem}`,
    },
    empty: {
      messages: {
        heading: 'Nobody has said anything yet',
        text: 'Write the first message below.',
      },
      rooms: {
        heading: 'You are in no room yet',
        text: 'Find one among all rooms, or make your own.',
      },
      pins: {
        heading: 'Nothing is pinned in this room yet',
        text: 'Whoever keeps order here pins a message from its menu, and everybody finds it here.',
      },
      files: {
        heading: 'Nothing was shared in this room yet',
        text: 'Files that come with messages are listed here, the newest first.',
      },
      saved: {
        heading: 'You have saved nothing yet',
        text: 'Whatever you save from the menu of a message is here, on all of your devices, for you alone.',
      },
      activity: {
        heading: 'Nothing for you yet',
        text: 'Mentions of you, answers and reactions to what you wrote, and threads that you follow are here.',
      },
      drafts: {
        heading: 'No drafts elsewhere',
        text: 'What you write in other rooms and do not send yet is here, from all of your devices.',
      },
      scheduled: {
        heading: 'Nothing waits for you',
        text: 'The clock beside a message that you write sends it later, and the menu of a message reminds you of it.',
      },
      threads: {
        heading: 'You follow no thread yet',
        text: 'You follow those that you begin, reply in or are mentioned in.',
      },
      thread: {
        heading: 'This thread is not there',
        text: 'Its first message was deleted, or you cannot read it.',
      },
      people: {
        heading: 'Nobody is here yet',
        text: 'Share the address of this room, or bring people in from its menu.',
      },
      search: {
        heading: 'No message says that',
        text: 'Try fewer words, another spelling, or all rooms in place of this one.',
      },
      browse: {
        heading: 'No room is called like that',
        text: 'Try a part of its name, or make a room of that name.',
      },
      invites: {
        heading: 'There is no invitation yet',
        text: 'Make one above, and send its link to whom you want here.',
      },
      reports: {
        heading: 'Nobody has reported anything',
        text: 'What people report from the menu of a message comes here.',
      },
      openReports: {
        heading: 'No report is open',
        text: 'All that came in is settled. It stands under “All”.',
      },
      accounts: {
        heading: 'Nobody is called like that',
        text: 'Try a part of the name.',
      },
      accountBans: {
        heading: 'Nobody is banned from the server',
        text: 'Whom you ban from the list of people stands here, and how it ends.',
      },
      roomBans: {
        heading: 'Nobody is banned here',
        text: 'Whom you ban from this room stands here, and how it ends.',
      },
      adminRooms: {
        heading: 'No room is called like that',
        text: 'Try a part of its name or its address.',
      },
      firstRooms: {
        heading: 'Nobody is in a room before joining one',
        text: 'Add rooms below, and everybody who comes is in them.',
      },
      groups: {
        heading: 'There are no groups yet',
        text: 'Make one below, and whoever mentions it calls all who are in it.',
      },
      emoji: {
        heading: 'This server has no emoji of its own yet',
        text: 'Give it one below: a name and a picture.',
      },
      groupPeople: {
        heading: 'Nobody is in this group yet',
        text: 'Find people below, and add them.',
      },
      audit: {
        heading: 'Nothing has been done yet',
        text: 'Bans, deletions of others’ messages and changed roles are written down here.',
      },
      serverSettings: {
        heading: 'The server tells nothing about itself',
        text: 'An older version may not know how.',
      },
      devices: {
        heading: 'You are signed in nowhere else',
        text: 'Each browser in which you sign in stands here.',
      },
      blocked: {
        heading: 'You block nobody',
        text: 'Block somebody from the card that a press on the name opens.',
      },
    },
  },
};
