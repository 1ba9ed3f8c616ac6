import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GENERAL, RANDOM, summary, TEA, TECH } from '@/api/test/rooms';
import { createFakeConnection } from '@/features/messages/test/fake-connection';
import { wishes } from '@/features/notifications/wishes';
import { useSession } from '@/features/session/store';
import { readSettingsOf } from '@/storage/settings';
import { createFolder, deleteFolder, moveRoom, renameFolder, shiftFolder } from './folder-changes';
import { folderOf, folders } from './folders';
import { pin, useSidebar } from './sidebar';
import { useRooms } from './store';

vi.mock('@/features/connection/store', () => {
  const connection = createFakeConnection();
  return { useConnection: () => connection };
});

const sam = { userId: 9, name: 'Sam', kind: 'member' } as const;

beforeEach(() => {
  localStorage.clear();
  readSettingsOf(null);
  readSettingsOf(7);
  wishes.value = {};
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: 7, name: 'Alex', kind: 'member' } });
  useRooms().applyOwn([
    summary(GENERAL),
    summary(TECH),
    summary(RANDOM),
    summary(TEA, { kind: 'direct', title: '', people: [sam] }),
  ]);
});

/** The folders with what is in them, from the top. */
function shown(): [string, number[]][] {
  return useSidebar().sections.folders.map(([{ name }, rooms]) => [
    name,
    rooms.map(({ room }) => room),
  ]);
}

const inOrder = () => useSidebar().inList.map(({ room }) => room);

describe('folders', () => {
  it('hold rooms and conversations, which stand nowhere else, above the others', () => {
    const work = createFolder(' Work ');
    moveRoom(TECH, work);
    moveRoom(TEA, work);
    expect(shown()).toEqual([['Work', [TEA, TECH]]]);
    expect(inOrder()).toEqual([TEA, TECH, GENERAL, RANDOM]);
  });

  it('have a room one at a time, and let it go', () => {
    const [one, two] = [createFolder('One'), createFolder('Two')];
    moveRoom(TECH, one);
    moveRoom(TECH, two);
    expect(shown()).toEqual([
      ['One', []],
      ['Two', [TECH]],
    ]);
    moveRoom(TECH, '');
    expect(folderOf(TECH)).toBeUndefined();
    expect(inOrder()).toEqual([GENERAL, RANDOM, TECH, TEA]);
  });

  it('are renamed, change places, and end without their rooms', () => {
    const [one, two] = [createFolder('One'), createFolder('Two')];
    moveRoom(GENERAL, two);
    renameFolder(one, 'First');
    shiftFolder(two, -1);
    expect(shown().map(([name]) => name)).toEqual(['Two', 'First']);
    // At the end there is nowhere to go.
    shiftFolder(two, -1);
    expect(shown().map(([name]) => name)).toEqual(['Two', 'First']);
    deleteFolder(two);
    expect(shown()).toEqual([['First', []]]);
    expect(inOrder()).toContain(GENERAL);
  });

  it('are below what is pinned, and each account has its own', () => {
    moveRoom(TECH, createFolder('Work'));
    pin(TECH);
    expect(shown()).toEqual([['Work', []]]);
    pin(TECH);
    readSettingsOf(8);
    expect(folders.value).toEqual([]);
    readSettingsOf(7);
    expect(shown()).toEqual([['Work', [TECH]]]);
  });
});

describe('what is muted', () => {
  it('stands at the end, unless somebody has put it into a folder', () => {
    wishes.value = {
      [GENERAL]: { mutedUntil: Date.now() + 60_000 },
      [TECH]: { mutedUntil: Date.now() + 60_000 },
    };
    moveRoom(TECH, createFolder('Work'));
    expect(useSidebar().sections.muted.map(({ room }) => room)).toEqual([GENERAL]);
    expect(inOrder()).toEqual([TECH, RANDOM, TEA, GENERAL]);
  });
});
