import type { ThreadInfo } from '@/api/generated/protocol';

/** As many faces stand under a root. */
const FACES = 3;

/** Of two counts of one thread the one that was made later. */
export function laterInfo(a: ThreadInfo | null, b: ThreadInfo | null): ThreadInfo | null {
  return a !== null && (b === null || a.asOf >= b.asOf) ? a : b;
}

/** What stands under a root after another reply, unless that is counted. */
export function withReply(
  info: ThreadInfo | null,
  { seq, at, userId, name }: { seq: number; at: number; userId: number; name: string },
): ThreadInfo | null {
  if (info !== null && seq <= info.asOf) {
    return info;
  }
  const others = (info?.users ?? []).filter((user) => user.userId !== userId);
  return {
    replies: (info?.replies ?? 0) + 1,
    last: at,
    users: [{ userId, name }, ...others].slice(0, FACES),
    asOf: seq,
  };
}
