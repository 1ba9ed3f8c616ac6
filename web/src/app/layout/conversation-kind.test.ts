import { describe, expect, it } from 'vitest';
import { TECH } from '@/api/test/rooms';
import { unvisitedRoom } from '@/features/rooms/room';
import { conversationKind } from './conversation-kind';

const outside = unvisitedRoom({ room: TECH, slug: 'tech', title: 'Tech', topic: '' });
const inside = { ...outside, member: true };
const place = { address: 'tech', room: outside, loaded: true, wanted: null };

describe('the middle of the window', () => {
  it.each([
    ['none', { ...place, address: null }],
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
