import { setting } from '@/storage/settings';

/** A section of the list that somebody has made, with the rooms in it. */
export interface Folder {
  readonly id: string;
  readonly name: string;
  readonly rooms: readonly number[];
}

/** Those of this person in their order. A room is in one of them at most. */
export const folders = setting<readonly Folder[]>('chinwag.folders', [], areFolders, 'account');

export function folderOf(room: number): Folder | undefined {
  return folders.value.find(({ rooms }) => rooms.includes(room));
}

function areFolders(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every(({ id, name, rooms }) => id && name && Array.isArray(rooms))
  );
}
