import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { UserGroups } from '@/api/generated/protocol';
import { useSession } from '@/features/session/store';
import { useGroups } from './store';

let answers: ((answer: UserGroups) => void)[];

function be(userId: number): void {
  useSession().$patch({ user: { userId, name: 'Alex', kind: 'member' } });
}

const design = (mine: boolean) => ({ groups: [{ name: 'design', people: 2, mine }] });

beforeEach(() => {
  setActivePinia(createPinia());
  answers = [];
  be(7);
  const ask = () => new Promise((resolve) => answers.push(resolve));
  vi.spyOn(useSession(), 'ask').mockImplementation(ask as never);
});

it('are loaded when the first answer is there', async () => {
  const groups = useGroups();
  const loaded = groups.loaded().then(() => groups.isMine('design'));
  answers[0]?.(design(true));
  expect(await loaded).toBe(true);
  await groups.loaded();
  expect(answers).toHaveLength(1);
});

it('are forgotten with the person who was in them', async () => {
  const groups = useGroups();
  groups.known();
  answers[0]?.(design(true));
  await flushPromises();
  expect(groups.isMine('design')).toBe(true);
  be(8);
  // What the next person is in is not known before it is asked.
  expect(groups.isFresh()).toBe(false);
  expect(groups.isMine('design')).toBe(false);
  expect(answers).toHaveLength(2);
});

it('take no answer that was for the person before', async () => {
  const groups = useGroups();
  groups.known();
  be(8);
  groups.known();
  answers[1]?.(design(false));
  await flushPromises();
  answers[0]?.(design(true));
  await flushPromises();
  expect(groups.isMine('design')).toBe(false);
});
