declare module 'virtual:emoji-data' {
  /** Made by `scripts/emoji-data.mjs`. */
  const groups: readonly {
    id: import('./emoji-groups').GroupId;
    /** One a line: the emoji, its name, its words, and a `1` where it has tones, with tabs between them. */
    emoji: string;
  }[];
  export default groups;
}
