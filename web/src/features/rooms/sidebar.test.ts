import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { COFFEE, GENERAL, RANDOM, summary, TEA, TECH } from '@/api/test/rooms';
import { createFakeConnection } from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import type { Room } from './room';
import {
  fold,
  isFolded,
  isPinned,
  neighbour,
  order,
  pin,
  unreadFirst,
  useSidebar,
} from './sidebar';
import { useRooms } from './store';

vi.mock('@/features/connection/store', () => {
  const connection = createFakeConnection();
  return { useConnection: () => connection };
});

const sam = { userId: 9, name: 'Sam', kind: 'member' } as const;
const names = (rooms: readonly Room[]) => rooms.map(({ room }) => room);

beforeEach(() => {
  localStorage.clear();
  unreadFirst.value = false;
  order.value = 'name';
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: 7, name: 'Alex', kind: 'member' } });
  useRooms().applyOwn([
    summary(GENERAL),
    summary(TECH, { unread: 2, readSeq: 8 }),
    summary(RANDOM),
    summary(TEA, { kind: 'direct', title: '', people: [sam], unread: 1, readSeq: 9 }),
  ]);
});

describe('the list of rooms', () => {
  it('has rooms and conversations apart, by name', () => {
    const { sections, inList } = useSidebar();
    expect(names(sections.own)).toEqual([GENERAL, RANDOM, TECH]);
    expect(names(sections.conversations)).toEqual([TEA]);
    expect(names(inList)).toEqual([GENERAL, RANDOM, TECH, TEA]);
  });

  it('has what is pinned at the top, as it came there, and lets it go again', () => {
    const sidebar = useSidebar();
    pin(TECH);
    pin(TEA);
    pin(GENERAL);
    expect(names(sidebar.sections.pinned)).toEqual([TECH, TEA, GENERAL]);
    expect(names(sidebar.inList)).toEqual([TECH, TEA, GENERAL, RANDOM]);
    pin(TECH);
    pin(TEA);
    pin(GENERAL);
    expect(isPinned(TECH)).toBe(false);
    expect(names(sidebar.inList)).toEqual([GENERAL, RANDOM, TECH, TEA]);
  });

  it('has what is unread first when that is wished for, and keeps what is on show there', () => {
    const sidebar = useSidebar();
    unreadFirst.value = true;
    expect(names(sidebar.sections.unread)).toEqual([TEA, TECH]);
    expect(names(sidebar.sections.own)).toEqual([GENERAL, RANDOM]);
    useRooms().open('tech');
    useRooms().applyReadMark(TECH, 10);
    expect(names(sidebar.sections.unread)).toEqual([TEA, TECH]);
    useRooms().open('general');
    expect(names(sidebar.sections.unread)).toEqual([TEA]);
  });

  it('has what was last written in first when that is wished for', () => {
    const sidebar = useSidebar();
    order.value = 'activity';
    const message = { type: 'message', seq: 11, userId: 9, name: 'Sam', text: 'Hi', kind: 'text' };
    useRooms().applyEvent({ ...message, room: RANDOM, at: 2_000 } as never);
    useRooms().applyEvent({ ...message, room: TECH, at: 1_000 } as never);
    expect(names(sidebar.sections.own)).toEqual([RANDOM, TECH, GENERAL]);
  });

  it('remembers what is folded', () => {
    fold('own');
    expect(isFolded('own')).toBe(true);
    expect(localStorage.getItem('chinwag.foldedSections')).toBe('["own"]');
    fold('own');
    expect(isFolded('own')).toBe(false);
  });
});

describe('the next room', () => {
  const rooms = () => useSidebar().inList;
  const unread = ({ unread: count }: Room) => count > 0;

  it.each([
    [GENERAL, 1, RANDOM],
    [GENERAL, -1, TEA],
    [TEA, 1, GENERAL],
    [COFFEE, 1, GENERAL],
    [COFFEE, -1, TEA],
  ] as const)('from %i in direction %i is %i', (from, step, to) => {
    expect(neighbour(rooms(), from, step)?.room).toBe(to);
  });

  it('may be the next one that is unread, or none', () => {
    expect(neighbour(rooms(), GENERAL, 1, unread)?.room).toBe(TECH);
    expect(neighbour(rooms(), TECH, 1, unread)?.room).toBe(TEA);
    useRooms().markAllRead();
    expect(neighbour(rooms(), GENERAL, 1, unread)).toBeUndefined();
  });
});
