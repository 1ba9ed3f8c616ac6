import type { EmojiGroup, PickableEmoji } from './emoji-groups';

const MOST = 96;

/** The emoji that have a word for each word that was typed: those with such a name first, the shortest of them in front. */
export function findEmoji(groups: readonly EmojiGroup[], typed: string): PickableEmoji[] {
  const wanted = typed
    .toLowerCase()
    .split(/[\s_:]+/u)
    .filter((word) => word !== '');
  const ranks: PickableEmoji[][] = [[], [], [], []];
  for (const emoji of groups.flatMap((group) => group.emoji)) {
    const rank = emoji.character === typed.trim() ? 0 : rankOf(emoji, wanted);
    ranks[rank]?.push(emoji);
  }
  ranks[0]?.sort((a, b) => a.name.length - b.name.length);
  return ranks.flat().slice(0, MOST);
}

function rankOf({ name, words }: PickableEmoji, wanted: readonly string[]): number {
  const named = ` ${name.toLowerCase().replace(/[^\p{L}\p{N}+-]+/gu, ' ')} `;
  const all = `${named}${words} `;
  const ranks = [
    () => wanted.every((word) => named.includes(` ${word} `)),
    () => wanted.every((word) => all.includes(` ${word} `)),
    () => wanted.every((word) => named.includes(` ${word}`)),
    () => wanted.every((word) => all.includes(` ${word}`)),
  ];
  const rank = ranks.findIndex((isMet) => isMet());
  return rank < 0 ? ranks.length : rank;
}
