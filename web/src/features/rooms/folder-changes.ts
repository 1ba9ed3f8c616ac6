import { shallowRef } from 'vue';
import { newClientId } from '@/features/messages/outbox/client-id';
import { type Folder, folders } from './folders';

/** Characters of a name, which has one line in the list. */
export const LONGEST_NAME = 40;

/** What the dialogs about folders are about: the room that is to be moved, or the folder that is to be called something else. */
export const asked = shallowRef<{ room?: number; folder?: string }>({});

const changed = (id: string, change: (folder: Folder) => Folder) =>
  folders.value.map((folder) => (folder.id === id ? change(folder) : folder));

/** Makes one below the others, and says which it is. */
export function createFolder(name: string): string {
  const id = newClientId();
  folders.value = [...folders.value, { id, name: name.trim(), rooms: [] }];
  return id;
}

export function renameFolder(id: string, name: string): void {
  folders.value = changed(id, (folder) => ({ ...folder, name: name.trim() }));
}

/** Ends a folder; its rooms stand where they stood before. */
export function deleteFolder(id: string): void {
  folders.value = folders.value.filter((folder) => folder.id !== id);
}

/** Gives a folder that was ended its place again, with those of its rooms that are in no other by now. */
export function putBack(folder: Folder, at: number): void {
  const next = folders.value.filter(({ id }) => id !== folder.id);
  const taken = new Set(next.flatMap(({ rooms }) => rooms));
  next.splice(at, 0, { ...folder, rooms: folder.rooms.filter((room) => !taken.has(room)) });
  folders.value = next;
}

/** Puts a room into a folder, or with an empty id back among those that are in none. */
export function moveRoom(room: number, id: string): void {
  folders.value = folders.value.map((folder) => {
    const others = folder.rooms.filter((each) => each !== room);
    return { ...folder, rooms: folder.id === id ? [...others, room] : others };
  });
}

/** Changes places with the folder above (-1) or below (1). */
export function shiftFolder(id: string, step: 1 | -1): void {
  const at = folders.value.findIndex((folder) => folder.id === id);
  const next = [...folders.value];
  const [folder] = next.splice(at, 1);
  if (folder !== undefined) {
    next.splice(Math.max(0, at + step), 0, folder);
    folders.value = next;
  }
}
