import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { ProtocolError } from '@/api/errors';
import type { DirectoryRoom, LogEvent, RoomSnapshot, RoomSummary } from '@/api/generated/protocol';
import { useConnection } from '@/features/connection/store';
import { useSession } from '@/features/session/store';
import { readKnownRooms, writeKnownRooms, writeLastRoom } from './known-rooms';
import {
  markReadTo,
  type Room,
  roomFromSummary,
  takeLogEvent,
  takeSnapshot,
  unvisitedRoom,
} from './room';

export interface NewRoom {
  room: string;
  title: string;
  topic?: string;
}

export interface RoomDescription {
  title: string;
  topic: string;
}

/** The last messages asked for when a room is opened. */
export const FIRST_PAGE = 50;

/** Every room there is, which of them is open, and what is unread. */
export const useRooms = defineStore('rooms', () => {
  const connection = useConnection();
  const session = useSession();
  const rooms = ref(new Map<string, Room>(readKnownRooms().map((room) => [room.room, room])));
  const activeSlug = ref<string | null>(null);
  /** Whether the list comes from the server, and not from the last visit. */
  const loaded = ref(false);
  /** The room chosen at sign-in, to be joined as soon as there is a line. */
  const wanted = ref<string | null>(null);

  const sorted = computed(() =>
    [...rooms.value.values()].sort((a, b) => a.title.localeCompare(b.title)),
  );
  const joined = computed(() => sorted.value.filter((room) => room.member));
  const others = computed(() => sorted.value.filter((room) => !room.member));
  const active = computed(() => room(activeSlug.value));
  const totalUnread = computed(() => joined.value.reduce((sum, { unread }) => sum + unread, 0));

  function room(slug: string | null): Room | undefined {
    return slug === null ? undefined : rooms.value.get(slug);
  }

  function open(slug: string | null): void {
    activeSlug.value = slug;
    if (slug !== null) {
      writeLastRoom(slug);
    }
  }

  /** Joins, or subscribes to a room joined before. Each feature takes its part of the `joined` frame itself. */
  async function join(slug: string, limit = FIRST_PAGE): Promise<void> {
    try {
      await connection.request({ type: 'join', room: slug, limit });
    } catch (error) {
      if (error instanceof ProtocolError && !error.retryable && wanted.value === slug) {
        wanted.value = null;
      }
      throw error;
    }
  }

  async function leave(slug: string): Promise<void> {
    await connection.request({ type: 'leave', room: slug });
    setMember(slug, false);
  }

  async function create(input: NewRoom): Promise<void> {
    const reply = await connection.request({ type: 'createRoom', ...input });
    takeSummary(reply.room);
    await join(input.room);
  }

  async function update(slug: string, description: RoomDescription): Promise<void> {
    const reply = await connection.request({ type: 'updateRoom', room: slug, ...description });
    takeSummary(reply.room);
  }

  /** Deletes the room with all its messages, for everybody. */
  async function remove(slug: string): Promise<void> {
    await connection.request({ type: 'deleteRoom', room: slug });
    takeDirectory([], [slug]);
  }

  /** Asks for the list of all rooms, which is taken in like any other. */
  async function refresh(): Promise<void> {
    await connection.request({ type: 'rooms' });
  }

  /** Takes the list of all rooms. It is bounded, so that an own room need not be on it to exist. */
  function takeList(list: readonly RoomSummary[]): void {
    const own = joined.value.map((known): [string, Room] => [known.room, known]);
    const listed = list.map((summary): [string, Room] => [summary.room, merged(summary)]);
    rooms.value = new Map([...own, ...listed]);
    loaded.value = true;
    remember();
  }

  /** Takes the rooms that this person is in; the person is in no others. */
  function takeOwn(list: readonly RoomSummary[]): void {
    for (const known of rooms.value.values()) {
      known.member = false;
    }
    for (const summary of list) {
      rooms.value.set(summary.room, merged(summary));
    }
    remember();
  }

  function merged(summary: RoomSummary): Room {
    const known = rooms.value.get(summary.room);
    if (known !== undefined && summary.member && known.readSeq > summary.readSeq) {
      // Read while there was no line to say so.
      connection.notify({ type: 'read', room: summary.room, seq: known.readSeq });
    }
    return roomFromSummary(summary, known);
  }

  function takeSummary(summary: RoomSummary): void {
    rooms.value.set(summary.room, roomFromSummary(summary, rooms.value.get(summary.room)));
    remember();
  }

  function takeRoomSnapshot(snapshot: RoomSnapshot): void {
    const { room: slug, title, topic } = snapshot;
    const known = rooms.value.get(slug) ?? unvisitedRoom(slug, title, topic);
    takeSnapshot(known, snapshot);
    rooms.value.set(slug, known);
    if (wanted.value === slug) {
      wanted.value = null;
    }
    remember();
  }

  function takeDirectory(changed: readonly DirectoryRoom[], removed: readonly string[]): void {
    for (const { room: slug, title, topic } of changed) {
      const known = rooms.value.get(slug) ?? unvisitedRoom(slug, title, topic);
      rooms.value.set(slug, { ...known, title, topic });
    }
    for (const slug of removed) {
      rooms.value.delete(slug);
    }
    remember();
  }

  function takeEvent(event: LogEvent): void {
    const found = room(event.room);
    if (found === undefined) {
      return;
    }
    takeLogEvent(found, event, session.user?.userId);
    if (event.type === 'roomUpdated') {
      takeDirectory([event], []);
    } else if (event.type === 'roomDeleted') {
      takeDirectory([], [event.room]);
    }
  }

  function setMember(slug: string, member: boolean): void {
    const found = room(slug);
    if (found !== undefined) {
      found.member = member;
      remember();
    }
  }

  function setOnline(slug: string, online: number): void {
    const found = room(slug);
    if (found !== undefined) {
      found.online = online;
    }
  }

  /** This person has read up to here, in this window or another one. */
  function takeReadMark(slug: string, seq: number): void {
    const found = room(slug);
    if (found !== undefined) {
      markReadTo(found, seq);
    }
  }

  /** Keeps the directory for whoever signs in next, and nothing of the person. */
  function forgetPerson(): void {
    for (const { room: slug, title, topic } of rooms.value.values()) {
      rooms.value.set(slug, unvisitedRoom(slug, title, topic));
    }
    loaded.value = false;
    wanted.value = null;
    remember();
  }

  function remember(): void {
    writeKnownRooms(sorted.value);
  }

  return {
    rooms,
    activeSlug,
    loaded,
    wanted,
    joined,
    others,
    active,
    totalUnread,
    room,
    open,
    join,
    leave,
    create,
    update,
    remove,
    refresh,
    takeList,
    takeOwn,
    takeRoomSnapshot,
    takeDirectory,
    takeEvent,
    setMember,
    setOnline,
    takeReadMark,
    forgetPerson,
  };
});
