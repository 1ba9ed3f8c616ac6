import { describe, expect, it } from 'vitest';
import type { RoomSummary } from '@/api/generated/protocol';
import { plannedJoins } from './planned-joins';

const room = (slug: string, member = true): RoomSummary => ({
  room: slug,
  title: slug,
  topic: '',
  headSeq: 0,
  readSeq: 0,
  unread: 0,
  member,
  mine: false,
  online: 0,
});
const joining = { resumed: new Set<string>(), active: null, wanted: null, firstPage: 50 };

describe('the joins after a welcome', () => {
  it('begin with the room on show, which alone needs its messages', () => {
    const plan = plannedJoins([room('general'), room('tech'), room('random')], {
      ...joining,
      active: 'tech',
    });
    expect(plan).toEqual([
      { room: 'tech', limit: 50 },
      { room: 'general', limit: 0 },
      { room: 'random', limit: 0 },
    ]);
  });

  it('leave out what is resumed, and rooms of others', () => {
    const rooms = [room('general'), room('tech'), room('coffee', false)];
    const plan = plannedJoins(rooms, { ...joining, resumed: new Set(['general']) });
    expect(plan).toEqual([{ room: 'tech', limit: 0 }]);
  });

  it('have the room chosen at sign-in, once, whether or not it is known', () => {
    const wanted = { ...joining, wanted: 'coffee' };
    expect(plannedJoins([room('general')], wanted)).toEqual([
      { room: 'coffee', limit: 50 },
      { room: 'general', limit: 0 },
    ]);
    expect(plannedJoins([room('coffee')], wanted)).toEqual([{ room: 'coffee', limit: 50 }]);
  });
});
