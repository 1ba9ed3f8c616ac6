import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { useGroups } from '@/features/groups/store';
import { useMembers } from '@/features/members/store';
import { peopleCalled } from './crowds';

beforeEach(() => {
  setActivePinia(createPinia());
  const sizes = { design: 8, ops: 7, staff: 90 };
  const groups = Object.entries(sizes).map(([name, people]) => ({ name, people, mine: false }));
  vi.spyOn(useGroups(), 'known').mockReturnValue(groups);
  vi.spyOn(useMembers(), 'roster').mockReturnValue({ memberCount: 41 } as never);
});

it.each([
  ['<@&design>', 0],
  ['<@&design> and <@&ops>', 15],
  ['<@&design>, <@&design>!', 0],
  ['<@&staff> and <@&ops>', 40],
  ['<@here> and <@&ops>', 40],
  ['<@&nobody>', 0],
  ['hello', 0],
])('%j calls many people: %i', (text, people) => {
  expect(peopleCalled(GENERAL, text)).toBe(people);
});
