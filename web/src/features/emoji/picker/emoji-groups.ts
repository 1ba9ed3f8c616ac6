export type GroupId =
  | 'smileys'
  | 'people'
  | 'nature'
  | 'food'
  | 'travel'
  | 'activities'
  | 'objects'
  | 'symbols'
  | 'flags';

export interface PickableEmoji {
  character: string;
  name: string;
  /** Other words by which it is found, with spaces between them. */
  words: string;
  hasTones: boolean;
}

export interface EmojiGroup {
  id: GroupId;
  emoji: readonly PickableEmoji[];
}

/** All there are, in a file of their own. */
export async function loadGroups(): Promise<EmojiGroup[]> {
  const { default: groups } = await import('virtual:emoji-data');
  return groups.map(({ id, emoji }) => ({ id, emoji: emoji.split('\n').map(readLine) }));
}

function readLine(line: string): PickableEmoji {
  const [character = '', name = '', words = '', tones] = line.split('\t');
  return { character, name, words, hasTones: tones === '1' };
}
