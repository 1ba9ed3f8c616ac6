import { fetchBlocks, setBlocked } from '@/api/blocks';
import type { Person } from '@/api/generated/protocol';
import { useSession } from '@/features/session/store';
import { useBlocked } from './store';

/** Asks whom one blocks; another device may have changed it. */
export async function refreshBlocked(): Promise<Person[]> {
  const { people } = await useSession().ask(fetchBlocks);
  useBlocked().apply(people.map(({ userId }) => userId));
  return people;
}

/** Blocks somebody, or ends that. */
export async function block(userId: number, blocked: boolean): Promise<void> {
  await useSession().ask((token) => setBlocked(userId, blocked, token));
  const store = useBlocked();
  const others = [...store.people].filter((each) => each !== userId);
  store.apply(blocked ? [userId, ...others] : others);
}
