import { beforeEach, expect, it } from 'vitest';
import {
  addressOfEmoji,
  addressOfReaction,
  findOwnEmoji,
  isOwnEmoji,
  noteOwnEmoji,
  ownEmoji,
  setOwnEmoji,
} from './table';

beforeEach(() => setOwnEmoji([]));

it('knows pictures by their names', () => {
  setOwnEmoji([
    { name: 'ship-it', picture: 'a' },
    { name: 'party', picture: 'b' },
  ]);
  expect(ownEmoji().map(({ name }) => name)).toEqual(['party', 'ship-it']);
  expect(addressOfEmoji('party')).toBe('files/emoji/b');
  expect(addressOfReaction(':party:')).toBe('files/emoji/b');
  expect([':nothing:', 'party', '🎉'].map(addressOfReaction)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  noteOwnEmoji('party', 'c');
  noteOwnEmoji('ship-it', undefined);
  expect(ownEmoji()).toEqual([{ name: 'party', address: 'files/emoji/c' }]);
  setOwnEmoji([{ name: 'other', picture: 'd' }]);
  expect(ownEmoji()).toEqual([{ name: 'other', address: 'files/emoji/d' }]);
});

it('finds those first that begin with what was typed', () => {
  setOwnEmoji(['no-party', 'party', 'part'].map((name) => ({ name, picture: name })));
  expect(findOwnEmoji('PAR').map(({ name }) => name)).toEqual(['part', 'party', 'no-party']);
});

it('tells one of the server from others by its colons', () => {
  const texts = [':party:', ':c++:', ':a:', ':Party:', '🎉', ':a b:'];
  expect(texts.filter(isOwnEmoji)).toEqual([':party:', ':c++:']);
});
