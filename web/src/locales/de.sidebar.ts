import type { enSidebar } from './en.sidebar';

/** Was die Liste der Räume außer Räumen hat. */
export const deSidebar: typeof enSidebar = {
  folders: {
    moveItem: 'In einen Ordner legen…',
    moveHeading: (room) => `${room} in einen Ordner legen`,
    move: 'Verschieben',
    folder: 'Ordner',
    none: 'Keiner',
    new: 'Neuer Ordner',
    name: 'Name des Ordners',
    nameMissing: 'Gib dem Ordner einen Namen.',
    hint: 'Ein Abschnitt der Liste für dich allein.',
    rename: 'Umbenennen…',
    renameHeading: 'Den Ordner umbenennen',
    up: 'Nach oben',
    down: 'Nach unten',
    delete: 'Ordner löschen',
    deleted: (name) => `${name} ist gelöscht. Seine Räume stehen bei den anderen.`,
  },
  drafts: {
    listLabel: 'Räume, in denen du etwas geschrieben und nicht gesendet hast',
    inThread: 'in einem Thread',
    discard: (room) => `Den Entwurf in ${room} verwerfen`,
    discarded: 'Der Entwurf ist verworfen.',
    undo: 'Rückgängig',
  },
};
