import type { enNotifications } from './en.notifications';

/** Die Texte darüber, was gemeldet wird. */
export const deNotifications: typeof enNotifications = {
  notifications: {
    heading: 'Mitteilungen',
    title: (who, where) => `${who} in ${where}`,
    inPage: (title, words) => `${title}: ${words}`,
    show: 'Zeigen',
    level: 'Melde mir',
    levels: { all: 'Alles', mentions: 'Was mich angeht', nothing: 'Nichts' },
    levelHint:
      'Dich gehen Erwähnungen, deine Stichwörter, Direktnachrichten und Antworten in Threads an, denen du folgst. Für einen Raum kannst du in seinem Menü anders wählen.',
    keywords: 'Stichwörter',
    keywordsHint:
      'Trenne sie durch Kommas. Eine Nachricht mit einem davon zählt wie eine Erwähnung.',
    pause: 'Pause für',
    pausedUntil: (moment) => `Pause bis ${moment}.`,
    pausedForEver: 'Pause, bis du weitermachst.',
    goOn: 'Weiter',
    quiet: 'Nachts nicht stören',
    quietFrom: 'Von',
    quietTo: 'bis',
    desktop: 'Mitteilungen zeigen, während ich woanders hinsehe',
    allow: 'In diesem Browser erlauben',
    permission: {
      default: 'Dieser Browser muss es erst erlauben.',
      denied:
        'Diesem Browser wurde es verboten. Ändere das in seinen Einstellungen zu dieser Seite.',
      unsupported: 'Dieser Browser kann keine Mitteilungen zeigen.',
    },
    push: {
      device: 'Dieses Gerät benachrichtigen, wenn keine Seite offen ist',
      showText: 'Sagen, was geschrieben wurde',
      test: 'Zur Probe senden',
      sent: 'Die Probe ist unterwegs zu diesem Gerät.',
      notSent: 'Der Push-Dienst dieses Browsers hat sie nicht angenommen.',
      never: 'Noch wurde keine Nachricht zugestellt.',
      last: (moment) => `Die letzte Nachricht wurde zugestellt: ${moment}.`,
      refused: (status) =>
        status === 0
          ? 'Der Push-Dienst dieses Browsers war zuletzt nicht zu erreichen.'
          : `Der Push-Dienst dieses Browsers hat die letzte abgelehnt (${status}).`,
      failed: 'Dieser Browser erreicht seinen Push-Dienst nicht. Versuch es später noch einmal.',
      install:
        'Dieses Gerät meldet sich auch ohne offene Seite, sobald Chinwag auf dem Home-Bildschirm liegt. Das sind drei Schritte in Safari:',
      steps: {
        share: 'Tippe auf Teilen, ein Quadrat mit einem Pfeil.',
        add: 'Wähle „Zum Home-Bildschirm“ und dann „Hinzufügen“.',
        open: 'Öffne Chinwag vom Home-Bildschirm und schalte es hier ein.',
      },
      unsupported: 'Dieser Browser kann nichts melden, wenn keine Seite offen ist.',
    },
    newVersion: 'Es gibt eine neuere Version von Chinwag.',
    reload: 'Neu laden',
    sound: 'Ton',
    volume: 'Lautstärke',
    roomHeading: (room) => `Mitteilungen von ${room}`,
    roomLevel: 'Melde mir',
    usual: (level) => `Wie überall (${level})`,
    mute: 'Stummschalten',
    muteHint:
      'Ein stummer Raum ist blasser und meldet nichts. Erwähnungen werden trotzdem gezählt.',
    mutedUntil: (moment) => `Stumm bis ${moment}.`,
    mutedForEver: 'Stumm, bis du es beendest.',
    unmute: 'Nicht mehr stumm',
    times: {
      hour: '1 Stunde',
      hours: '8 Stunden',
      tomorrow: 'Bis morgen',
      week: '1 Woche',
      ever: 'Bis ich es beende',
    },
    noTime: 'Sag, wie lange: /mute 1h, /mute 30m, /mute bis 14:00, /mute bis morgen',
  },
};
