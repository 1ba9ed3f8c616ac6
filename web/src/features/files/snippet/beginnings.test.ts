import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Attachment } from '@/api/generated/protocol';
import { useSession } from '@/features/session/store';
import { useBeginnings } from './beginnings';

const LONG: Attachment = { id: 'f1', name: 'long.txt', type: 'text/plain', bytes: 500_000 };
const SHORT: Attachment = { id: 'f2', name: 'short.txt', type: 'text/plain', bytes: 3 };

let ask: ReturnType<typeof vi.fn>;

beforeEach(() => {
  setActivePinia(createPinia());
  const session = useSession();
  session.$patch({ user: { userId: 7, name: 'Alex', kind: 'member' } });
  const answer = async () => new TextEncoder().encode('one').buffer;
  ask = vi.spyOn(session, 'ask').mockImplementation(answer as never);
});

it('are read once, by whoever comes by', async () => {
  const beginnings = useBeginnings();
  expect(await beginnings.read(LONG, 4_096)).toBe('one');
  await beginnings.read(LONG, 4_096);
  expect(ask).toHaveBeenCalledTimes(1);
  await beginnings.read(LONG, 65_536);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('do not keep what was read for a copy, and copy what they have', async () => {
  const beginnings = useBeginnings();
  await beginnings.readOnce(LONG, 1_048_576);
  await beginnings.readOnce(LONG, 1_048_576);
  expect(ask).toHaveBeenCalledTimes(2);
  await beginnings.read(SHORT, 4_096);
  await beginnings.readOnce(SHORT, 1_048_576);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('go with their reader', async () => {
  const session = useSession();
  const beginnings = useBeginnings();
  await beginnings.read(LONG, 4_096);
  session.$patch({ user: null });
  session.$patch({ user: { userId: 7, name: 'Alex', kind: 'member' } });
  await beginnings.read(LONG, 4_096);
  expect(ask).toHaveBeenCalledTimes(2);
});
