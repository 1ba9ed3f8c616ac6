import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import { GENERAL } from '@/api/test/rooms';
import { usePeople } from '@/features/people/store';
import { problems } from '@/features/problems/problems';
import { useSession } from '@/features/session/store';
import { createFakeConnection, type FakeConnection } from '../test/fake-connection';
import { KIM, OWN_USER_ID, SAM } from '../test/log-events';
import ReactionChips from './ReactionChips.vue';
import { useReactions } from './store';
import { noteReaction, usualReactions } from './usual';
import { wishes } from './wishes';
import { withReaction } from './with-reaction';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  localStorage.clear();
  wishes.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: OWN_USER_ID, name: 'Alex', kind: 'member' } });
});
afterEach(() => vi.useRealTimers());

const message = (...users: number[]) => ({
  seq: 5,
  reactions: users.length === 0 ? [] : [{ emoji: '👍', count: users.length, users }],
});
const own = { emoji: '👍', userId: OWN_USER_ID };

describe('a reaction', () => {
  it('is counted beyond those who are known', () => {
    const many = [{ emoji: '👍', count: 30, users: [SAM, KIM] }];
    expect(withReaction(many, { ...own, reacting: true })[0]).toMatchObject({
      count: 31,
      users: [SAM, KIM, OWN_USER_ID],
    });
    expect(withReaction(many, { ...own, userId: 99, reacting: false })[0]?.count).toBe(29);
    const few = [{ emoji: '👍', count: 2, users: [SAM, KIM] }];
    expect(withReaction(few, { ...own, reacting: false })).toBe(few);
  });
});

describe('what one reacts with oneself', () => {
  it('is seen before the server has it, and taken back when it refuses', async () => {
    const reactions = useReactions();
    let refuse: (error: unknown) => void = () => undefined;
    connection.answer = () =>
      new Promise((_, reject) => {
        refuse = reject;
      });
    const done = reactions.toggle(GENERAL, message(SAM), '👍');
    expect(connection.requests).toEqual([{ type: 'react', room: GENERAL, target: 5, emoji: '👍' }]);
    expect(reactions.shown(GENERAL, message(SAM))[0]).toMatchObject({
      count: 2,
      users: [SAM, OWN_USER_ID],
    });
    refuse(new ProtocolError({ code: 'muted', message: 'Be silent.', retryable: false }));
    await done;
    expect(reactions.shown(GENERAL, message(SAM))).toEqual(message(SAM).reactions);
    expect(problems.shown.value.at(-1)?.tone).toBe('danger');
  });

  it('is what the server says, once it has said it', async () => {
    vi.useFakeTimers();
    const reactions = useReactions();
    connection.answer = () => ({ type: 'ok' });
    await reactions.toggle(GENERAL, message(OWN_USER_ID), '👍');
    expect(connection.requests[0]?.type).toBe('unreact');
    expect(reactions.shown(GENERAL, message(OWN_USER_ID))).toEqual([]);
    vi.advanceTimersByTime(3_000);
    expect(reactions.shown(GENERAL, message(OWN_USER_ID))).toEqual(message(OWN_USER_ID).reactions);
  });

  it('comes to the front of the usual ones', () => {
    expect(usualReactions()).toHaveLength(6);
    noteReaction('🍵');
    noteReaction('🍵');
    noteReaction('🦊');
    expect(usualReactions().slice(0, 3)).toEqual(['🍵', '🦊', '👍']);
    expect(usualReactions()).toHaveLength(6);
  });
});

describe('the reactions below a message', () => {
  const row = (users: number[], count = users.length) =>
    ({ seq: 5, reactions: [{ emoji: '👍', count, users }] }) as never;
  const chips = (users: number[], count?: number) =>
    mount(ReactionChips, { props: { room: GENERAL, row: row(users, count), tabStop: true } });

  it('say who it was, oneself first', () => {
    usePeople().table.noteNow([
      { userId: SAM, name: 'Sam' },
      { userId: KIM, name: 'Kim' },
    ]);
    const button = chips([SAM, KIM, OWN_USER_ID], 23).get('button');
    expect(button.attributes('aria-pressed')).toBe('true');
    expect(button.get('.visually-hidden').text()).toBe('You, Sam, Kim and 20 more reacted with 👍');
    expect(button.get('.count').text()).toBe('23');
    expect(chips([SAM]).get('button').attributes('aria-pressed')).toBe('false');
  });

  it('are pressed to do the same', async () => {
    const chip = chips([SAM]);
    await chip.get('button').trigger('click');
    await flushPromises();
    expect(connection.requests[0]).toMatchObject({ type: 'react', target: 5, emoji: '👍' });
    expect(chip.get('.count').text()).toBe('2');
    await chip.get('button').trigger('click');
    expect(connection.requests[1]?.type).toBe('unreact');
  });
});

describe('a chip', () => {
  const row = (...users: number[]) => ({ ...message(...users), key: 'm5' }) as never;
  const popping = (chips: { findAll(selector: string): unknown[] }) => chips.findAll('.pop').length;

  it('pops when somebody adds to it, and not when it comes into sight or somebody takes back', async () => {
    const chips = mount(ReactionChips, {
      props: { room: GENERAL, row: row(SAM), tabStop: false },
    });
    expect(popping(chips)).toBe(0);
    await chips.setProps({ row: row(SAM, KIM) });
    expect(popping(chips)).toBe(1);
    await chips.get('li').trigger('animationend');
    expect(popping(chips)).toBe(0);
    await chips.setProps({ row: row(SAM) });
    expect(popping(chips)).toBe(0);
  });

  it('pops when one has just made it', () => {
    void useReactions().set(GENERAL, 5, '👍', true);
    const chips = mount(ReactionChips, { props: { room: GENERAL, row: row(), tabStop: false } });
    expect(popping(chips)).toBe(1);
  });
});
