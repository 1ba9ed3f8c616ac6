import { expect, it } from 'vitest';
import { groups } from './emoji-data.mjs';

const all = (await groups()).flatMap(({ emoji }) =>
  emoji.split('\n').map((line) => line.split('\t')),
);

it('has every emoji once, as the standard writes it, with a name', () => {
  expect(all.length).toBeGreaterThan(1800);
  expect(new Set(all.map(([emoji]) => emoji)).size).toBe(all.length);
  for (const [emoji, name] of all) {
    expect(emoji, name).toMatch(/^\p{RGI_Emoji}$/v);
    expect(name).not.toBe('');
  }
});

it('knows the words of chats, and which have tones', () => {
  const of = (emoji) => all.find(([each]) => each === emoji);
  expect(of('👍')).toEqual(['👍', 'thumbs up', expect.stringContaining('+1'), '1']);
  expect(of('🎉')?.[2]).toContain('tada');
  expect(of('❤️')?.[3]).toBe('');
});
