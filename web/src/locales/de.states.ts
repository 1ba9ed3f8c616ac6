import type { enStates } from './en.states';

/** Die Texte an der Stelle einer Liste: solange sie kommt, wenn es nichts gibt, und wenn sie nicht kommt. */
export const deStates: typeof enStates = {
  states: {
    offline: 'Keine Verbindung',
    offlineHint: 'Es kommt, sobald der Server wieder zu erreichen ist.',
    offlineMessages:
      'Sie kommen, sobald der Server wieder zu erreichen ist. Was du bis dahin schreibst, wird dann gesendet.',
    failed: 'Das konnte nicht geladen werden',
    refused: 'Das ist für dich nicht einsehbar',
    refusedHint: 'Wer den Raum oder den Server leitet, kann es dir zeigen.',
    retry: 'Noch einmal versuchen',
    settings: {
      waiting: 'Der Server wird gefragt, was auf deinen anderen Geräten gilt.',
      offline:
        'Keine Verbindung. Was du änderst, gilt hier, und auf deinen anderen Geräten, sobald es eine gibt.',
      failed: (problem: string) =>
        `Was du änderst, gilt hier, und konnte für deine anderen Geräte nicht behalten werden. ${problem}`,
    },
    empty: {
      messages: {
        heading: 'Noch hat niemand etwas gesagt',
        text: 'Schreib unten die erste Nachricht.',
      },
      rooms: {
        heading: 'Du bist noch in keinem Raum',
        text: 'Finde einen unter allen Räumen, oder lege selbst einen an.',
      },
      pins: {
        heading: 'In diesem Raum ist noch nichts angeheftet',
        text: 'Wer hier für Ordnung sorgt, heftet eine Nachricht über ihr Menü an, und alle finden sie hier.',
      },
      files: {
        heading: 'In diesem Raum wurde noch nichts geteilt',
        text: 'Dateien, die mit Nachrichten kommen, stehen hier, die neuesten zuerst.',
      },
      saved: {
        heading: 'Du hast noch nichts gemerkt',
        text: 'Was du dir über das Menü einer Nachricht merkst, steht hier, auf allen deinen Geräten, für dich allein.',
      },
      activity: {
        heading: 'Noch nichts für dich',
        text: 'Hier stehen Erwähnungen, Antworten und Reaktionen auf das, was du geschrieben hast, und Threads, denen du folgst.',
      },
      drafts: {
        heading: 'Anderswo keine Entwürfe',
        text: 'Was du in anderen Räumen schreibst und noch nicht sendest, steht hier, von all deinen Geräten.',
      },
      scheduled: {
        heading: 'Nichts wartet auf dich',
        text: 'Die Uhr neben einer Nachricht, die du schreibst, sendet sie später, und das Menü einer Nachricht erinnert dich an sie.',
      },
      threads: {
        heading: 'Du folgst noch keinem Thread',
        text: 'Du folgst denen, die du beginnst, in denen du antwortest oder erwähnt wirst.',
      },
      thread: {
        heading: 'Diesen Thread gibt es nicht',
        text: 'Seine erste Nachricht wurde gelöscht, oder du kannst sie nicht lesen.',
      },
      people: {
        heading: 'Hier ist noch niemand',
        text: 'Teile die Adresse dieses Raums, oder hole Leute über sein Menü dazu.',
      },
      search: {
        heading: 'Keine Nachricht sagt das',
        text: 'Versuche es mit weniger Wörtern, anders geschrieben oder in allen Räumen statt in diesem.',
      },
      browse: {
        heading: 'Kein Raum heißt so',
        text: 'Versuche es mit einem Teil des Namens, oder lege einen Raum dieses Namens an.',
      },
      invites: {
        heading: 'Es gibt noch keine Einladung',
        text: 'Lege oben eine an und schicke ihren Link an alle, die du hier haben möchtest.',
      },
      reports: {
        heading: 'Niemand hat etwas gemeldet',
        text: 'Was über das Menü einer Nachricht gemeldet wird, kommt hierher.',
      },
      openReports: {
        heading: 'Keine Meldung ist offen',
        text: 'Alles, was kam, ist erledigt. Es steht unter „Alle“.',
      },
      accounts: {
        heading: 'Niemand heißt so',
        text: 'Versuche es mit einem Teil des Namens.',
      },
      accountBans: {
        heading: 'Niemand ist vom Server gesperrt',
        text: 'Wen du in der Liste der Leute sperrst, steht hier, und wie es endet.',
      },
      roomBans: {
        heading: 'Hier ist niemand gesperrt',
        text: 'Wen du aus diesem Raum sperrst, steht hier, und wie es endet.',
      },
      adminRooms: {
        heading: 'Kein Raum heißt so',
        text: 'Versuche es mit einem Teil des Namens oder der Adresse.',
      },
      firstRooms: {
        heading: 'Niemand ist in einem Raum, bevor er einem beitritt',
        text: 'Füge unten Räume hinzu, und alle, die kommen, sind darin.',
      },
      groups: {
        heading: 'Es gibt noch keine Gruppen',
        text: 'Lege unten eine an. Wer sie erwähnt, ruft alle, die darin sind.',
      },
      emoji: {
        heading: 'Dieser Server hat noch keine eigenen Emoji',
        text: 'Gib ihm unten eines: einen Namen und ein Bild.',
      },
      groupPeople: {
        heading: 'In dieser Gruppe ist noch niemand',
        text: 'Suche unten nach Personen und nimm sie auf.',
      },
      audit: {
        heading: 'Es wurde noch nichts getan',
        text: 'Sperren, gelöschte Nachrichten anderer und geänderte Rollen werden hier festgehalten.',
      },
      serverSettings: {
        heading: 'Der Server sagt nichts über sich',
        text: 'Eine ältere Version kann das vielleicht nicht.',
      },
      devices: {
        heading: 'Du bist nirgendwo sonst angemeldet',
        text: 'Jeder Browser, in dem du dich anmeldest, steht hier.',
      },
      blocked: {
        heading: 'Du blockierst niemanden',
        text: 'Blockiere jemanden auf der Karte, die ein Druck auf den Namen öffnet.',
      },
    },
  },
};
