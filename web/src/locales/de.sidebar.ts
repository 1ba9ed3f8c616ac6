import type { enSidebar } from './en.sidebar';

/** Was die Liste der Räume außer Räumen hat. */
export const deSidebar: typeof enSidebar = {
  drafts: {
    listLabel: 'Räume, in denen du etwas geschrieben und nicht gesendet hast',
    inThread: 'in einem Thread',
    discard: (room) => `Den Entwurf in ${room} verwerfen`,
    discarded: 'Der Entwurf ist verworfen.',
    undo: 'Rückgängig',
  },
};
