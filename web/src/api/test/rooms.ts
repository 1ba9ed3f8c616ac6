import type { RoomSummary } from '../generated/protocol';

/** The numbers by which tests call rooms. */
export const GENERAL = 1;
export const TECH = 2;
export const RANDOM = 3;
export const TEA = 4;
export const COFFEE = 5;
export const BOOKS = 6;
export const NOWHERE = 404;

const SLUGS = new Map([
  [GENERAL, 'general'],
  [TECH, 'tech'],
  [RANDOM, 'random'],
  [TEA, 'tea'],
  [COFFEE, 'coffee'],
  [BOOKS, 'books'],
]);

/** The slug of one of these rooms. */
export function slugOf(room: number): string {
  return SLUGS.get(room) ?? `room-${room}`;
}

/** A room that this person is in, with its slug as its title. */
export function summary(room: number, fields: Partial<RoomSummary> = {}): RoomSummary {
  return {
    room,
    kind: 'public',
    slug: slugOf(room),
    title: slugOf(room),
    topic: '',
    headSeq: 10,
    readSeq: 10,
    unread: 0,
    member: true,
    online: 0,
    ...fields,
  };
}
