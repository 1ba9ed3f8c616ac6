import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import EmojiSwitch from './EmojiSwitch.vue';
import { emojify } from './emojify';
import { EMOTICONS } from './emoticons';
import { searchEmoji } from './search';
import { EMOJI } from './shortcodes';
import { useEmoji } from './store';

/** Of the newest kind, which knows whole sequences and which the types do not know yet. */
const FLAG: string = 'v';
const ONE_EMOJI = new RegExp('^\\p{RGI_Emoji}$', FLAG);

describe('what is typed', () => {
  it.each([
    ['hi :)', 'hi 🙂'],
    [':-D', '😄'],
    ['well :/\nbut :)', 'well 😕\nbut 🙂'],
    ['fine :), thanks ;)!', 'fine 🙂, thanks 😉!'],
    ["oh :'(", 'oh 😢'],
    ['I <3 you', 'I ❤️ you'],
    ['a :smile: b', 'a 😄 b'],
    [':smile::heart:', '😄❤️'],
    ['(:+1:)', '(👍)'],
    [':TADA:', '🎉'],
    ['see `:)` :)', 'see `:)` 🙂'],
    ['https://a.example/:) :)', 'https://a.example/:) 🙂'],
  ])('%j becomes %j', (typed, sent) => {
    expect(emojify(typed)).toBe(sent);
  });

  it.each([
    'no:)se',
    'a:smile:b',
    'std::smile::heart',
    '10:30:45',
    ':not_an_emoji:',
    'https://a.example/:smile:/',
    'ftp://a.example:8)',
    'www.a.example/:heart:',
    'in `x :smile: y`',
    '```\nif (a) :)\n```',
    '```\nopen :)',
    'smile: this is :',
    'f(x):(y)',
    'C:\\Users',
    'map<3>',
  ])('%j stays', (typed) => {
    expect(emojify(typed)).toBe(typed);
  });

  it('may be long', () => {
    const typed = ':a'.repeat(50_000);
    expect(emojify(typed)).toBe(typed);
  });
});

describe('the table', () => {
  it('has one emoji in each place', () => {
    const characters = [...EMOJI.map(({ character }) => character), ...EMOTICONS.values()];
    expect(characters.filter((character) => !ONE_EMOJI.test(character))).toEqual([]);
  });

  it('has names that can be typed, each once', () => {
    const names = EMOJI.flatMap((emoji) => emoji.names);
    expect(names.filter((name) => !/^[a-z0-9_+-]+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a search', () => {
  const names = (typed: string) => searchEmoji(typed).map(({ name }) => name);

  it('finds the beginnings of names first, short ones in front', () => {
    expect(names('smi').slice(0, 3)).toEqual(['smile', 'smirk', 'smiley']);
    expect(names('oint_up')[0]).toBe('point_up_2');
  });

  it('knows every name of an emoji', () => {
    expect(searchEmoji('thumbsup')).toEqual([{ character: '👍', name: 'thumbsup' }]);
  });

  it('has an end', () => {
    expect(names('e')).toHaveLength(8);
    expect(names('nothing_like_it')).toEqual([]);
  });
});

describe('the switch', () => {
  beforeEach(() => localStorage.clear());

  it('is on until somebody turns it off, and stays so', async () => {
    setActivePinia(createPinia());
    const input = mount(EmojiSwitch).get<HTMLInputElement>('input');
    expect(input.element.checked).toBe(true);
    await input.setValue(false);
    setActivePinia(createPinia());
    expect(useEmoji().enabled).toBe(false);
  });
});
