import type { AccessInfo } from '@/api/generated/protocol';
import { readStored, writeStored } from '@/storage/local';

export type Way = 'guest' | 'signIn' | 'register';

const KEY = 'chinwag.way';

/** The ways in that a server offers, the first to be shown first. */
export function waysIn({ access, guests, passwords }: AccessInfo, invited: boolean): Way[] {
  const mayCome = access !== 'invite-only' || invited;
  const guest: Way[] = guests && mayCome ? ['guest'] : [];
  const signIn: Way[] = passwords ? ['signIn'] : [];
  const register: Way[] = passwords && mayCome && access !== 'closed' ? ['register'] : [];
  return invited ? [...register, ...guest, ...signIn] : [...guest, ...signIn, ...register];
}

/** Whoever has an account comes back by it. */
export function firstWay(ways: readonly Way[], invited: boolean): Way | undefined {
  const last = invited ? undefined : readStored<Way>(KEY);
  return ways.find((way) => way === last) ?? ways[0];
}

/** Keeps how somebody came in, for the next time. */
export function rememberWay(way: 'guest' | 'signIn'): void {
  writeStored(KEY, way);
}
