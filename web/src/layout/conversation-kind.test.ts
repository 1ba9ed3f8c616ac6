import { describe, expect, it } from 'vitest';
import { unvisitedRoom } from '@/features/rooms/room';
import { conversationKind } from './conversation-kind';

const outside = unvisitedRoom('tech', 'Tech', '');
const inside = { ...outside, member: true };
const place = { slug: 'tech', room: outside, loaded: true, wanted: null };

describe('the middle of the window', () => {
  it.each([
    ['none', { ...place, slug: null }],
    ['conversation', { ...place, room: inside }],
    ['conversation', { ...place, room: inside, loaded: false }],
    ['waiting', { ...place, room: undefined, loaded: false }],
    ['waiting', { ...place, loaded: false }],
    ['waiting', { ...place, wanted: 'tech' }],
    ['outside', { ...place, wanted: 'general' }],
    ['missing', { ...place, room: undefined }],
  ] as const)('is %s', (kind, given) => {
    expect(conversationKind(given)).toBe(kind);
  });
});
