import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { newsIn } from '@/features/notifications/news-in';
import { isMuted } from '@/features/notifications/wishes';
import { choice, flag, setting } from '@/storage/settings';
import { type Folder, folderOf, folders } from './folders';
import { isConversation } from './label';
import { inListOrder, type Room } from './room';
import { useRooms } from './store';

export type SectionName =
  | 'unread'
  | 'pinned'
  | 'own'
  | 'conversations'
  | 'muted'
  | 'others'
  | `folder:${string}`;
export const ORDERS = ['name', 'activity'] as const;

/** Whether what is unread stands in a section of its own, above all others. */
export const unreadFirst = flag('chinwag.unreadFirst', false);
/** By name, or what was last written in first. */
export const order = choice('chinwag.roomOrder', ORDERS, 'name');
const folded = setting<readonly SectionName[]>('chinwag.foldedSections', [], Array.isArray);

/** The rooms at the top of the list, in the order in which they came there. */
const pinned = setting<readonly number[]>('chinwag.pinnedRooms', [], Array.isArray, 'account');

export function isPinned(room: number): boolean {
  return pinned.value.includes(room);
}

/** Puts a room to the top of the list, or back to the others. */
export function pin(room: number): void {
  pinned.value = isPinned(room)
    ? pinned.value.filter((each) => each !== room)
    : [...pinned.value, room];
}

export function isFolded(name: SectionName): boolean {
  return folded.value.includes(name);
}

export function fold(name: SectionName): void {
  folded.value = isFolded(name)
    ? folded.value.filter((each) => each !== name)
    : [...folded.value, name];
}

/** The rooms of this person, as they stand in the list. */
export const useSidebar = defineStore('sidebar', () => {
  const rooms = useRooms();
  /** A room that stays where it is while it is on show, though it is read by then. */
  const stayed = ref<number | null>(null);

  watch(
    () => rooms.activeId,
    (id) => {
      const room = rooms.room(id);
      stayed.value = room !== undefined && newsIn(room) > 0 ? id : null;
    },
    { immediate: true, flush: 'sync' },
  );

  const sections = computed(() => {
    const parts = {
      unread: [] as Room[],
      pinned: [] as Room[],
      own: [] as Room[],
      conversations: [] as Room[],
      muted: [] as Room[],
    };
    const inFolders = new Map<Folder, Room[]>(folders.value.map((folder) => [folder, []]));
    for (const room of [...rooms.joined].sort(inOrder)) {
      const isNew = newsIn(room) > 0 || room.room === stayed.value;
      const folder = folderOf(room.room);
      const byKind = isConversation(room.kind) ? parts.conversations : parts.own;
      const byNoise = isMuted(room.room) ? parts.muted : byKind;
      const byFolder = (folder && inFolders.get(folder)) ?? byNoise;
      const usual = isPinned(room.room) ? parts.pinned : byFolder;
      (unreadFirst.value && isNew ? parts.unread : usual).push(room);
    }
    const place = ({ room }: Room) => pinned.value.indexOf(room);
    parts.pinned.sort((a, b) => place(a) - place(b));
    return { ...parts, folders: [...inFolders] };
  });
  /** From the top to the bottom, whatever is folded. */
  const inList = computed(() => {
    const { unread, pinned, own, conversations, muted } = sections.value;
    const inFolders = sections.value.folders.flatMap(([, list]) => list);
    return [...unread, ...pinned, ...inFolders, ...own, ...conversations, ...muted];
  });

  return { sections, inList };
});

function inOrder(a: Room, b: Room): number {
  const isByActivity = order.value === 'activity' && !a.archived && !b.archived;
  return (isByActivity && (b.activeAt ?? 0) - (a.activeAt ?? 0)) || inListOrder(a, b);
}

/** The next room in a direction, round the ends; of those alone to which `applies`. */
export function neighbour(
  list: readonly Room[],
  from: number | null,
  step: 1 | -1,
  applies: (room: Room) => boolean = () => true,
): Room | undefined {
  const { length } = list;
  const at = list.findIndex(({ room }) => room === from);
  const start = at === -1 && step === -1 ? 0 : at;
  for (let count = 1; count <= length; count += 1) {
    const room = list[(((start + count * step) % length) + length) % length];
    if (room !== undefined && room.room !== from && applies(room)) {
      return room;
    }
  }
  return undefined;
}
