import { describe, expect, it } from 'vitest';
import { COFFEE, GENERAL, RANDOM, summary, TECH } from '@/api/test/rooms';
import { plannedJoins } from './planned-joins';

const room = (number: number, member = true) => summary(number, { member });
const joining = { resumed: new Set<number>(), active: null, wanted: null, firstPage: 50 };

describe('the joins after a welcome', () => {
  it('begin with the room on show, which alone needs its messages', () => {
    const plan = plannedJoins([room(GENERAL), room(TECH), room(RANDOM)], {
      ...joining,
      active: TECH,
    });
    expect(plan).toEqual([
      { reference: { room: TECH }, limit: 50 },
      { reference: { room: GENERAL }, limit: 0 },
      { reference: { room: RANDOM }, limit: 0 },
    ]);
  });

  it('leave out what is resumed, and rooms of others', () => {
    const rooms = [room(GENERAL), room(TECH), room(COFFEE, false)];
    const plan = plannedJoins(rooms, { ...joining, resumed: new Set([GENERAL]) });
    expect(plan).toEqual([{ reference: { room: TECH }, limit: 0 }]);
  });

  it('have the room chosen at sign-in, once, whether or not it is known', () => {
    const wanted = { ...joining, wanted: 'coffee' };
    expect(plannedJoins([room(GENERAL)], wanted)).toEqual([
      { reference: { slug: 'coffee' }, limit: 50 },
      { reference: { room: GENERAL }, limit: 0 },
    ]);
    expect(plannedJoins([room(COFFEE)], wanted)).toEqual([
      { reference: { room: COFFEE }, limit: 50 },
    ]);
  });
});
