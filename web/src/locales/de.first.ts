import { deMessages } from './de.messages';
import { count } from './de.words';
import type { en } from './en';

/** Was die erste Ansicht zeigt. */
export const deFirst: typeof en = {
  app: {
    name: 'Chinwag',
    titleWithUnread: (unread, title) => `(${unread}) ${title}`,
    roomTitle: (room) => `${room} – Chinwag`,
    close: 'Schließen',
    cancel: 'Abbrechen',
    loading: 'Wird geladen',
    toasts: 'Hinweise',
  },
  keys: {
    ctrl: 'Strg',
    alt: 'Alt',
    shift: 'Umschalt',
    escape: 'Esc',
    enter: 'Eingabe',
    delete: 'Entf',
  },
  shortcuts: {
    switcher: 'Alles finden',
  },
  session: {
    accountRegion: 'Konto',
    account: (name) => `Konto von ${name}`,
    guest: 'Gast',
  },
  rooms: {
    label: 'Räume',
    unreadHeading: 'Ungelesen',
    draft: 'Entwurf',
    drafts: 'Entwürfe',
    muted: 'stumm',
    others: 'Weitere Räume',
    online: (n) => `${n} online`,
    mentions: (count) => (count === '1' ? '1 Erwähnung' : `${count} Erwähnungen`),
    unread: (n) => `${n} ungelesen`,
    none: 'Du bist noch in keinem Raum.',
    conversations: 'Direktnachrichten',
    noConversations: 'Ein Klick auf einen Namen, und du schreibst jemandem.',
    write: 'Jemandem schreiben',
    private: 'privat',
    privateRoom: 'Privater Raum',
    archived: 'Archiviert',
    noOthers: 'Du bist in jedem Raum, den es gibt.',
    create: 'Raum anlegen',
    browse: 'Räume durchsehen',
    browseAll: 'Alle durchsehen',
    menu: (title) => `Mehr zu ${title}`,
    pins: 'Angeheftete Nachrichten',
    files: 'Dateien',
    pinnedHeading: 'Angeheftet',
    mutedHeading: 'Stumm',
    emptyFolder: 'Hier ist noch nichts.',
    saved: 'Gemerkte Nachrichten',
    activity: 'Aktivität',
    scheduled: 'Geplantes und Erinnerungen',
    back: 'Zurück zu den Räumen',
    showPeople: 'Personen zeigen',
    hidePeople: 'Personen ausblenden',
  },
  members: {
    label: 'Personen',
    online: 'Online',
    away: 'Abwesend',
    offline: 'Offline',
  },
  typing: {
    one: (name) => `${name} schreibt`,
    two: (first, second) => `${first} und ${second} schreiben`,
    several: 'Mehrere schreiben',
  },
  connection: {
    connecting: 'Verbindung wird aufgebaut',
    waiting: (seconds) => `Neuer Versuch in ${seconds} s`,
    lost: 'Die Verbindung ist weg. Sie wird neu aufgebaut.',
    noUpgrade:
      'Der Proxy lässt keine WebSocket-Upgrades durch. Wer den Server betreibt, findet in dessen Log, was zu ändern ist.',
    noOrigin:
      'Der Server kennt diese Adresse nicht als seine eigene. Wer ihn betreibt, findet in dessen Log, was zu ändern ist.',
    catchingUp: 'Verpasstes wird geholt',
    tryNow: 'Jetzt versuchen',
  },
  errors: {
    connection:
      'Der Server ist nicht erreichbar. Prüfe deine Verbindung und versuch es noch einmal.',
    tooFast: (seconds) =>
      `Das war zu schnell. Versuch es in ${count(seconds, 'Sekunde', 'Sekunden')} noch einmal.`,
    unexpected: 'Etwas ist schiefgegangen. Versuch es noch einmal.',
  },
  refusals: {
    name_taken: 'Jemand heißt schon so, oder so ähnlich. Nimm einen anderen Namen.',
    room_not_found: 'Diesen Raum gibt es nicht.',
    room_exists: 'Es gibt schon einen Raum mit dieser Adresse.',
    not_member: 'Tritt zuerst dem Raum bei.',
    forbidden: 'Das darfst du hier nicht.',
    busy: 'Der Server hat viel zu tun. Versuch es noch einmal.',
    unavailable: 'Der Server ist gerade nicht verfügbar. Versuch es noch einmal.',
    internal: 'Auf dem Server ist etwas schiefgegangen. Versuch es noch einmal.',
  },
  ...deMessages,
};
