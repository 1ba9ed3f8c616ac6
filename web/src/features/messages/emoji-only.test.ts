import { expect, it } from 'vitest';
import { isFewEmoji } from './emoji-only';

it.each(['😀', '😀 🎉', '👍🏽🙆‍♀️🏳️‍🌈', '❤️', '1️⃣'])('%s is large', (text) => {
  expect(isFewEmoji(text)).toBe(true);
});

it.each(['', ' ', '1', '😀🎉😀🎉', '😀!', 'hi 😀', '#'])('%j is text', (text) => {
  expect(isFewEmoji(text)).toBe(false);
});
