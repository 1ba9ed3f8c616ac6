import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Connection } from '@/features/connection/store';
import MessageText from '@/features/messages/MessageText.vue';
import { createFakeConnection } from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import EmojiSign from './EmojiSign.vue';
import { followEmoji } from './start';
import { ownEmoji, setOwnEmoji } from './table';

const PARTY = { name: 'party', picture: 'a' };

beforeEach(() => {
  setActivePinia(createPinia());
  setOwnEmoji([]);
});

async function follow(answer: () => Promise<unknown>) {
  const connection = createFakeConnection();
  vi.spyOn(useSession(), 'ask').mockImplementation(answer as never);
  followEmoji(connection as unknown as Connection);
  await flushPromises();
  return connection;
}

it('shows names as pictures in texts, and what has no picture as it is written', async () => {
  const connection = await follow(async () => ({ emoji: [PARTY] }));
  const text = mount(MessageText, {
    props: { text: ':party: :nothing: **so :party:** `:party:`' },
  });
  const pictures = text
    .findAll('img')
    .map((each) => [each.attributes('src'), each.attributes('alt')]);
  const picture = ['files/emoji/a', ':party:'];
  expect(pictures).toEqual([picture, picture]);
  expect(text.text()).toBe(':nothing: so  :party:');
  const reaction = mount(EmojiSign, { props: { emoji: ':party:' } });
  expect(reaction.get('img').attributes('alt')).toBe(':party:');

  connection.emit({ type: 'directory', changed: [], removed: [], emoji: [{ name: 'party' }] });
  await flushPromises();
  expect(text.find('img').exists()).toBe(false);
  expect(text.text()).toBe(':party: :nothing: so :party: :party:');
  expect(reaction.text()).toBe(':party:');
});

it('asks again when something was told while the answer was under way', async () => {
  const connection = createFakeConnection();
  const answers: ((answer: unknown) => void)[] = [];
  const ask = () => new Promise((resolve) => answers.push(resolve));
  vi.spyOn(useSession(), 'ask').mockImplementation(ask as never);
  followEmoji(connection as unknown as Connection);
  const emoji = [{ name: 'new', picture: 'b' }];
  connection.emit({ type: 'directory', changed: [], removed: [], emoji });
  answers[0]?.({ emoji: [PARTY] });
  await flushPromises();
  expect(ownEmoji().map(({ name }) => name)).toEqual(['new']);
  answers[1]?.({ emoji: [...emoji, PARTY] });
  await flushPromises();
  expect(ownEmoji().map(({ name }) => name)).toEqual(['new', 'party']);
});

it('keeps nothing for the next person here', async () => {
  await follow(async () => ({ emoji: [PARTY] }));
  useSession().$patch({ user: { userId: 8, name: 'Sam', kind: 'member' } });
  expect(ownEmoji()).toEqual([]);
});
