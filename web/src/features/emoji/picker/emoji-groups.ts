import { ownEmoji } from '../own/table';

export type GroupId =
  | 'own'
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
  /** Where its picture is read, of one of the server. */
  address?: string;
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

/** Those of the server; `character` is how they are written. */
export function ownGroup(): EmojiGroup {
  const emoji = ownEmoji().map(({ name, address }) => ({
    character: `:${name}:`,
    name: `:${name}:`,
    words: '',
    hasTones: false,
    address,
  }));
  return { id: 'own', emoji };
}

function readLine(line: string): PickableEmoji {
  const [character = '', name = '', words = '', tones] = line.split('\t');
  return { character, name, words, hasTones: tones === '1' };
}
