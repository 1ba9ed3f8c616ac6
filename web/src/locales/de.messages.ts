import { list, number } from './de.words';
import type { enMessages } from './en.messages';

/** „Alex“, „Alex und Sam“, „Alex, Sam und 3 andere“. */
function people(names: readonly string[]): string {
  return names.length <= 3
    ? list(names)
    : `${names.slice(0, 2).join(', ')} und ${names.length - 2} andere`;
}

const verb = (names: readonly string[]) => (names.length === 1 ? 'ist' : 'sind');

function because({ until, reason }: { until?: string; reason?: string }): string {
  return (until ? ` bis ${until}` : '') + (reason ? `: ${reason}` : '');
}

const ROLES = {
  member: 'zum Mitglied',
  moderator: 'zum Moderator',
  owner: 'zum Eigentümer',
} as const;

/** Was in der Liste der Nachrichten und beim Schreiben steht. */
export const deMessages: typeof enMessages = {
  messages: {
    replies: (n) => (n === 1 ? '1 Antwort' : `${n >= 1000 ? '1000+' : n} Antworten`),
    inThread: 'Hat in einem Thread geantwortet',
    thread: 'Thread',
    threads: 'Threads',
    threadsUnread: (n) => `${n} mit neuen Antworten`,
    listLabel: (room) => `Nachrichten in ${room}`,
    today: 'Heute',
    yesterday: 'Gestern',
    unreadLine: 'Neue Nachrichten',
    newPill: (count) => (count === 1 ? '1 neue Nachricht' : `${count} neue Nachrichten`),
    newSince: (count, moment) => `${count} neue seit ${moment}`,
    markRead: 'Als gelesen markieren',
    toNewest: 'Zur neuesten',
    joined: (names) => `${people(names)} ${verb(names)} dazugekommen`,
    left: (names) => `${people(names)} ${verb(names)} gegangen`,
    renamed: (oldName, name) => `${oldName} heißt jetzt ${name}`,
    roleChanged: (name, subject, role) =>
      `${name} hat ${subject} ${ROLES[role]} dieses Raums gemacht`,
    memberRemoved: (name, subject, why) => `${name} hat ${subject} entfernt${because(why)}`,
    memberBanned: (name, subject, why) =>
      `${name} hat ${subject} aus diesem Raum verbannt${because(why)}`,
    memberUnbanned: (name, subject) => `${name} hat den Bann von ${subject} aufgehoben`,
    memberMuted: (name, subject, why) =>
      `${name} hat ${subject} in diesem Raum stummgeschaltet${because(why)}`,
    memberUnmuted: (name, subject) => `${name} lässt ${subject} wieder schreiben`,
    roomCreated: (name) => `${name} hat diesen Raum angelegt`,
    roomUpdated: (name, title) => `${name} hat diesen Raum geändert: ${title}`,
    roomDeleted: (name) => `${name} hat diesen Raum gelöscht`,
    with: (names) => `deiner Unterhaltung mit ${names}`,
    beginning: (room) => `Das ist der Anfang von ${room}`,
    empty: 'Noch keine Nachrichten. Sag Hallo!',
    loading: 'Nachrichten werden geladen',
    loadFailed: 'Die Nachrichten konnten nicht geladen werden.',
    loadRetry: 'Noch einmal versuchen',
    showAll: 'Alles zeigen',
    showLess: 'Weniger zeigen',
    edited: 'bearbeitet',
    pinned: 'angeheftet',
    deleted: 'Diese Nachricht wurde gelöscht.',
    sending: 'Wird gesendet',
    menu: 'Nachricht',
    toAnswered: 'Zur Nachricht, auf die diese antwortet',
    notHere: 'Diese Nachricht ist nicht hier.',
    blocked: 'Von jemandem, den du blockiert hast',
    search: 'Nachrichten suchen',
    copyCode: 'Kopieren',
    codeCopied: 'Kopiert',
    spoiler: 'Spoiler. Zeigen',
    you: 'Du',
  },
  commands: {
    offline: 'Du bist offline. Befehle gehen wieder, sobald die Verbindung da ist.',
  },
  composer: {
    label: (room) => `Nachricht an ${room}`,
    send: 'Nachricht senden',
    replying: 'Die Nachricht, auf die du antwortest',
    noReply: 'Nicht darauf antworten',
    remaining: (count) => (count === 1 ? 'noch 1 Zeichen' : `noch ${count} Zeichen`),
    over: (count) => (count === 1 ? '1 Zeichen zu viel' : `${count} Zeichen zu viel`),
    tooLong: (limit, length) =>
      `Eine Nachricht hat höchstens ${number(limit)} Zeichen; diese hat ${number(length)}.`,
    tooMuch: (limit, length) =>
      `Das wären ${number(length)} Zeichen; eine Nachricht hat höchstens ${number(limit)}. Es wurde nichts eingefügt.`,
    commandList: 'Befehle',
    emojiList: 'Emoji',
    peopleList: 'Personen',
    roomList: 'Räume',
    proposals: (count) => (count === 1 ? '1 Vorschlag' : `${count} Vorschläge`),
  },
};
