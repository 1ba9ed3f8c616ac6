/** The strings, in English, of what the list of rooms has beside rooms. */
export const enSidebar = {
  drafts: {
    listLabel: 'Rooms in which you have written something and not sent it',
    inThread: 'in a thread',
    discard: (room: string) => `Discard the draft in ${room}`,
    discarded: 'The draft is discarded.',
    undo: 'Undo',
  },
};
