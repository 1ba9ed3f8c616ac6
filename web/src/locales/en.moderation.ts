/** The strings, in English, of how rooms are kept and of those who keep order. */
export const enModeration = {
  restraints: {
    archived: 'This room is archived. It is there to be read.',
    readOnly: 'Only moderators write here.',
    mutedForEver: 'You are muted here. You read, and do not write.',
    mutedUntil: (moment: string) => `You are muted here until ${moment}.`,
    slow: (pause: string) => `Slow mode: one message every ${pause}.`,
    wait: (rest: string) => `Slow mode: next message in ${rest}`,
    hours: (n: number) => `${n} h`,
    minutes: (n: number) => `${n} min`,
    seconds: (n: number) => `${n} s`,
  },
  roomSettings: {
    tabs: { about: 'About', rules: 'Rules', bans: 'Bans' },
    kind: 'Who finds the room?',
    kinds: { public: 'Everybody', private: 'Only those who are in it' },
    kindHints: {
      public: 'Everybody may come in, too.',
      private: 'They bring others in.',
    },
    becomesPrivate:
      'Nobody who is not in the room will see it any more. Those who are in it keep everything, and links to it no longer lead there for others.',
    becomesPublic:
      'Everybody will find the room and may join. What was said until now stays with those who are in it; for everybody else the room begins with this change.',
    history: 'What do newcomers read?',
    histories: { all: 'Everything from the beginning', joined: 'What is said after they came' },
    historyHint: 'Holds for those who come from then on.',
    posting: 'Who writes?',
    postings: { everyone: 'Everybody who is in the room', moderators: 'Moderators and owners' },
    slow: 'Slow mode',
    slowOff: 'Off',
    slowHint:
      'How long a member waits between two messages. Moderators and owners wait for nothing.',
    save: 'Save',
    archive: 'Archive room',
    archiveHint:
      'An archived room is there to be read: nobody writes or comes in. It can be opened again.',
    archived: 'This room is archived: nobody writes or comes in, and nothing of it changes.',
    unarchive: 'Open it again',
  },
};
