import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import EmojiPicker from '../EmojiPicker.vue';
import { setOwnEmoji } from '../own/table';
import { noteUsed, usedEmoji } from '../used-emoji';
import { loadGroups } from './emoji-groups';
import { findEmoji } from './find-emoji';
import { withTone } from './tone';

beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  document.body.replaceChildren();
});

describe('emoji', () => {
  it.each([
    ['thumbs up', '👍'],
    [':tada:', '🎉'],
    ['+1', '👍'],
    ['heart', '❤️'],
    ['pizza', '🍕'],
    ['flag ger', '🇩🇪'],
    ['👍', '👍'],
  ])('are found by %j', async (typed, character) => {
    const found = findEmoji(await loadGroups(), typed).map((each) => each.character);
    expect(found.slice(0, 8)).toContain(character);
  });

  it('are not found by what is none of their words', async () => {
    expect(findEmoji(await loadGroups(), 'qwrtz')).toEqual([]);
  });

  it.each([
    ['👍', '👍🏽'],
    ['☝️', '☝🏽'],
    ['🧑‍🚀', '🧑🏽‍🚀'],
    ['🎉', '🎉'],
  ])('%s has a tone where it is of somebody', (character, toned) => {
    expect(withTone(character, 3)).toBe(toned);
  });
});

describe('what is used most', () => {
  it('comes first, and what was used long ago goes back', () => {
    for (const each of ['👍', '👍', '🎉', '👍', '🎉', '🔥']) {
      noteUsed(each);
    }
    expect(usedEmoji(2)).toEqual(['👍', '🎉']);
    for (let count = 0; count < 8; count += 1) {
      noteUsed('🔥');
    }
    expect(usedEmoji(1)).toEqual(['🔥']);
  });

  it('is nothing where something else is stored', () => {
    localStorage.setItem('chinwag.emojiUsed', '{"x":"y","👍":1}');
    expect(usedEmoji(5)).toEqual(['👍']);
    localStorage.setItem('chinwag.emojiUsed', '"x"');
    expect(usedEmoji(5)).toEqual([]);
  });
});

describe('the picker', () => {
  it('has those of the server by their kind and by their names', async () => {
    setOwnEmoji([
      { name: 'party', picture: 'a' },
      { name: 'ship-it', picture: 'b' },
    ]);
    noteUsed(':party:');
    noteUsed(':gone:');
    const wrapper = mount(EmojiPicker, { attachTo: document.body });
    await vi.waitFor(() => expect(wrapper.find('[aria-label="Flags"]').exists()).toBe(true));
    // What was used and is there no more is not offered.
    expect(wrapper.findAll('.emoji').map((each) => each.attributes('aria-label'))).toEqual([
      ':party:',
    ]);
    await wrapper.get('[aria-label="This server"]').trigger('click');
    const shown = () => wrapper.findAll('.emoji img').map((each) => each.attributes('src'));
    expect(shown()).toEqual(['files/emoji/a', 'files/emoji/b']);
    await wrapper.get('input').setValue('ship');
    await vi.waitFor(() => expect(shown()).toEqual(['files/emoji/b']));
    await wrapper.get('.emoji').trigger('click');
    expect(wrapper.emitted('pick')).toEqual([[':ship-it:']]);
    setOwnEmoji([]);
    await wrapper.vm.$nextTick();
    expect(wrapper.find('[aria-label="This server"]').exists()).toBe(false);
  });

  async function picker() {
    const wrapper = mount(EmojiPicker, { attachTo: document.body });
    await vi.waitFor(() => expect(wrapper.findAll('.emoji').length).toBeGreaterThan(100));
    return wrapper;
  }

  it('gives what was pressed, and remembers it', async () => {
    const wrapper = await picker();
    await wrapper.get('[aria-label="grinning face"]').trigger('click');
    expect(wrapper.emitted('pick')).toEqual([['😀']]);
    expect(usedEmoji(1)).toEqual(['😀']);
  });

  it('goes by arrow keys from the search to the emoji, and back', async () => {
    const wrapper = await picker();
    await wrapper.get('input').trigger('keydown', { key: 'ArrowDown' });
    const focused = () => document.activeElement?.getAttribute('aria-label');
    expect(focused()).toBe('grinning face');
    await wrapper.get('.grid').trigger('keydown', { key: 'ArrowRight' });
    expect(focused()).toBe('grinning face with big eyes');
    await wrapper.get('.grid').trigger('keydown', { key: 'ArrowUp' });
    expect(document.activeElement?.tagName).toBe('INPUT');
  });

  it('finds by what is typed, and Enter takes the first in the chosen tone', async () => {
    const wrapper = await picker();
    await wrapper.get('input[aria-label="Dark"]').setValue(true);
    await wrapper.get('input[type=search]').setValue('thumbs up');
    expect(wrapper.get('[role=status]').text()).toMatch(/^\d+ emoji found$/);
    await wrapper.get('input[type=search]').trigger('keydown', { key: 'Enter' });
    expect(wrapper.emitted('pick')).toEqual([['👍🏿']]);
    await wrapper.get('input[type=search]').setValue('qwrtz');
    expect(wrapper.text()).toContain('No emoji is called like that.');
  });
});
