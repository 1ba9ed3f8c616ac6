/** The strings, in English, of what the list of rooms has beside rooms. */
export const enSidebar = {
  folders: {
    moveItem: 'Move to a folder…',
    moveHeading: (room: string) => `Move ${room} to a folder`,
    move: 'Move',
    folder: 'Folder',
    none: 'None',
    new: 'New folder',
    name: 'Name of the folder',
    nameMissing: 'Give the folder a name.',
    hint: 'A section of the list for you alone.',
    rename: 'Rename…',
    renameHeading: 'Rename the folder',
    up: 'Move up',
    down: 'Move down',
    delete: 'Delete folder',
    deleted: (name: string) => `${name} is deleted. Its rooms are among the others.`,
  },
  drafts: {
    listLabel: 'Rooms in which you have written something and not sent it',
    inThread: 'in a thread',
    discard: (room: string) => `Discard the draft in ${room}`,
    discarded: 'The draft is discarded.',
    undo: 'Undo',
  },
};
