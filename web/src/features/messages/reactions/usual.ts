import { readStored, writeStored } from '@/storage/local';

const KEY = 'chinwag.reactions';
const FIRST = ['👍', '❤️', '😂', '🎉', '😮', '😢'];
/** How often each is kept, so that new habits come to the front. */
const MOST_KEPT = 30;

function counts(): [string, number][] {
  const stored = readStored<unknown>(KEY);
  return stored !== null && typeof stored === 'object'
    ? Object.entries(stored as Record<string, number>)
    : [];
}

/** The six emoji with which this person reacts most. */
export function usualReactions(): string[] {
  const own = counts().sort(([, left], [, right]) => right - left);
  return [...new Set([...own.map(([emoji]) => emoji), ...FIRST])].slice(0, FIRST.length);
}

export function noteReaction(emoji: string): void {
  const kept = new Map(counts());
  kept.set(emoji, Math.min((kept.get(emoji) ?? 0) + 1, MOST_KEPT));
  const most = [...kept].sort(([, left], [, right]) => right - left).slice(0, MOST_KEPT);
  writeStored(KEY, Object.fromEntries(most));
}
