/** The strings, in English, of the switcher, the list of shortcuts and the settings. */
export const enHabits = {
  switcher: {
    field: 'Go to a room or a person, or do something',
    found: 'What was found',
    recent: 'Recent',
    places: 'Rooms and people',
    commands: 'Commands',
    messages: 'Messages',
    searchMessages: (query: string) => `Search messages for “${query}”`,
    none: 'Nothing is called like that.',
    count: (n: number) => (n === 1 ? '1 thing found' : `${n} things found`),
    write: 'Write to',
    choose: 'choose',
    open: 'open',
    onlyCommands: 'only commands',
  },
};
