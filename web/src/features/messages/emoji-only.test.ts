import { expect, it } from 'vitest';
import { h } from 'vue';
import { emojiShown } from '@/features/emoji/shown';
import { isFewEmoji } from './emoji-only';

it.each(['😀', '😀 🎉', '👍🏽🙆‍♀️🏳️‍🌈', '❤️', '1️⃣'])('%s is large', (text) => {
  expect(isFewEmoji(text)).toBe(true);
});

it.each(['', ' ', '1', '😀🎉😀🎉', '😀!', 'hi 😀', '#'])('%j is text', (text) => {
  expect(isFewEmoji(text)).toBe(false);
});

it('takes emoji of the server for emoji, as far as they are there', () => {
  expect(isFewEmoji(':party:')).toBe(false);
  emojiShown.value = (name) => (name === 'party' ? h('img') : undefined);
  const texts = [':party:', ':party::party: 😀', ':party: :gone:', 'a :party:', '10:party:30'];
  expect(texts.filter(isFewEmoji)).toEqual([':party:', ':party::party: 😀']);
  emojiShown.value = undefined;
});
