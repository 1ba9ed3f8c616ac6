import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { ProtocolError } from '@/api/errors';
import type { ServerFrameOf } from '@/api/frames';
import type { LogEvent, RoomRole, RoomSnapshot, RoomSummary } from '@/api/generated/protocol';
import { fetchRoom } from '@/api/http';
import { useBlocked } from '@/features/blocks/store';
import { useConnection } from '@/features/connection/store';
import { mayMean } from '@/features/groups/may-mean';
import { newsIn } from '@/features/notifications/news-in';
import { useSession } from '@/features/session/store';
import { readKnownRooms, writeKnownRooms, writeLastRoom } from './known-rooms';
import {
  addressOf as addressOfRoom,
  isConversation,
  numberIn,
  roomLabel,
  roomTitle,
} from './label';
import { readMarks } from './read-marks';
import { recounter } from './recount';
import {
  applyLogEvent,
  applySnapshot,
  inListOrder,
  isForItsPeople,
  type Place,
  type Room,
  rename,
  roomFromSummary,
  skipTo,
  unvisitedRoom,
} from './room';
import type { NewRoom, RoomChange } from './room-requests';

/** Which room is meant: by its number, or by its address when that is all that is known. */
export type RoomReference = { room: number } | { slug: string };

/** The last messages asked for when a room is opened. */
export const FIRST_PAGE = 50;

/** The rooms one is in and others as far as they are known, which of them is open, and what is unread. */
export const useRooms = defineStore('rooms', () => {
  const connection = useConnection();
  const session = useSession();
  const blocked = useBlocked();
  const rooms = ref(new Map<number, Room>(readKnownRooms().map((room) => [room.room, room])));
  /** Slugs that rooms had before, as far as this page has seen them change. */
  const formerSlugs = ref(new Map<string, number>());
  /** The address on show, whether there is a room or not. */
  const address = ref<string | null>(null);
  /** The first page of the server's list, in its order: the rooms that came with the server are before all others. */
  const firstPage = ref<readonly number[]>([]);
  /** Whether there are more rooms than on that page. */
  const hasMore = ref(false);
  /** Whether the list comes from the server, and not from the last visit. */
  const loaded = ref(false);
  /** The slug of the room chosen at sign-in, to be joined as soon as there is a connection. */
  const wanted = ref<string | null>(null);
  /** The room that this person was taken out of while it was on show. */
  const lost = ref<{ address: string; title: string } | null>(null);

  const sorted = computed(() => [...rooms.value.values()].sort(inListOrder));
  const joined = computed(() => sorted.value.filter((room) => room.member));
  const conversations = computed(() => joined.value.filter(({ kind }) => isConversation(kind)));
  const others = computed(() => {
    const place = new Map(firstPage.value.map((id, index) => [id, index]));
    const placeOf = ({ room: id }: Room) => place.get(id) ?? place.size;
    return sorted.value.filter(({ member }) => !member).sort((a, b) => placeOf(a) - placeOf(b));
  });
  const bySlug = computed(
    () =>
      new Map(sorted.value.flatMap(({ room, slug }) => (slug === undefined ? [] : [[slug, room]]))),
  );
  const slugs = computed(() =>
    [...joined.value, ...others.value].flatMap(({ kind, slug }) =>
      slug === undefined || kind !== 'public' ? [] : [slug],
    ),
  );
  const activeId = computed(() => (address.value === null ? null : numberAt(address.value)));
  const active = computed(() => room(activeId.value));
  const totalUnread = computed(() => joined.value.reduce((sum, room) => sum + newsIn(room), 0));

  watch(activeId, (id) => {
    if (id !== null) {
      writeLastRoom(id);
    }
  });

  /** Asks the server how often one is mentioned. */
  const recountMentions = recounter(async (id) => {
    const now = await session.ask((token) => fetchRoom(id, token));
    // One that was on its way for long knows less than what the connection has told since.
    if (now.headSeq >= (room(id)?.counted.upTo ?? 0)) {
      applySummary(now);
    }
  });

  const marks = readMarks(connection, { room, recount: recountMentions });

  function room(id: number | null): Room | undefined {
    return id === null ? undefined : rooms.value.get(id);
  }

  /** The number of the room at an address, as far as it is known. */
  function numberAt(wantedAddress: string): number | null {
    const number = numberIn(wantedAddress);
    return (
      number ?? bySlug.value.get(wantedAddress) ?? formerSlugs.value.get(wantedAddress) ?? null
    );
  }

  function open(next: string | null): void {
    address.value = next;
    lost.value = null;
  }

  /** Joins, or subscribes to a room joined before. Each feature takes its part of the `joined` frame itself. */
  async function join(reference: RoomReference, limit = FIRST_PAGE): Promise<void> {
    try {
      await connection.request({ type: 'join', ...reference, limit });
    } catch (error) {
      const slug = 'slug' in reference ? reference.slug : room(reference.room)?.slug;
      if (error instanceof ProtocolError && !error.retryable && wanted.value === slug) {
        wanted.value = null;
      }
      throw error;
    }
  }

  /** Asks which room is at a slug, perhaps one that it had before. */
  async function find(slug: string): Promise<void> {
    const reply = await connection.request({ type: 'findRoom', slug });
    applySummary(reply.room);
    if (reply.room.slug !== slug) {
      formerSlugs.value.set(slug, reply.room.room);
    }
  }

  async function leave(id: number): Promise<void> {
    await connection.request({ type: 'leave', room: id });
    setMember(id, false);
    lost.value = null;
  }

  /** Creates a room and joins it. Answers where it is. */
  async function create(input: NewRoom): Promise<string> {
    const reply = await connection.request({ type: 'createRoom', ...input });
    applySummary(reply.room);
    await join({ room: reply.room.room });
    return addressOfRoom(reply.room);
  }

  async function update(id: number, change: RoomChange): Promise<void> {
    const reply = await connection.request({ type: 'updateRoom', room: id, ...change });
    applySummary(reply.room);
  }

  /** Deletes the room with all its messages, for everybody. */
  async function remove(id: number): Promise<void> {
    await connection.request({ type: 'deleteRoom', room: id });
    applyDirectory([], [id]);
  }

  /** Asks for a page of the rooms with `search` in them. What comes is taken in like any other list. */
  function list(search: string, after?: string): Promise<ServerFrameOf<'rooms'>> {
    return connection.request({ type: 'rooms', search, after });
  }

  /** Asks for the first page of all rooms, and forgets what is neither on it, nor one's own, nor on show: it may be gone. */
  async function refresh(): Promise<void> {
    const page = await list('');
    firstPage.value = page.rooms.map((summary) => summary.room);
    hasMore.value = page.next !== undefined;
    const kept = new Set([...firstPage.value, activeId.value]);
    for (const { room: id, member } of sorted.value) {
      if (!member && !kept.has(id)) {
        rooms.value.delete(id);
      }
    }
    remember();
  }

  /** Takes a page of the rooms. */
  function applyList(page: readonly RoomSummary[]): void {
    for (const summary of page) {
      rooms.value.set(summary.room, merged(summary));
    }
    loaded.value = true;
    remember();
  }

  /** Takes the rooms that this person is in; the person is in no others. */
  function applyOwn(list: readonly RoomSummary[]): void {
    const own = new Set(list.map((summary) => summary.room));
    for (const { room: id } of [...rooms.value.values()]) {
      if (!own.has(id)) {
        setMember(id, false);
      }
    }
    for (const summary of list) {
      rooms.value.set(summary.room, merged(summary));
    }
    remember();
  }

  function merged(summary: RoomSummary): Room {
    const known = rooms.value.get(summary.room);
    if (known !== undefined && summary.member && known.readSeq > summary.readSeq) {
      // Read while there was no connection to say so.
      connection.notify({ type: 'read', room: summary.room, seq: known.readSeq });
    }
    return roomFromSummary(summary, known);
  }

  function applySummary(summary: RoomSummary): void {
    rooms.value.set(summary.room, roomFromSummary(summary, rooms.value.get(summary.room)));
    remember();
  }

  function applyRoomSnapshot(snapshot: RoomSnapshot): void {
    const known = rooms.value.get(snapshot.room) ?? unvisitedRoom(snapshot);
    noteSlug(known, snapshot.slug);
    applySnapshot(known, snapshot);
    rooms.value.set(snapshot.room, known);
    if (wanted.value !== null && wanted.value === snapshot.slug) {
      wanted.value = null;
    }
    remember();
  }

  function applyDirectory(changed: readonly Place[], removed: readonly number[]): void {
    for (const { room: id, slug, title, topic } of changed) {
      const known = rooms.value.get(id) ?? unvisitedRoom({ room: id, slug, title, topic });
      noteSlug(known, slug);
      rooms.value.set(id, { ...known, slug, title, topic });
    }
    for (const id of removed.filter((gone) => !isForItsPeople(rooms.value.get(gone)))) {
      rooms.value.delete(id);
    }
    remember();
  }

  /** A link to the slug of before still leads to the room. */
  function noteSlug(before: Room, slug: string | undefined): void {
    if (before.slug !== undefined && before.slug !== slug) {
      formerSlugs.value.set(before.slug, before.room);
    }
  }

  /** Changes a room, if it is known. */
  function change(id: number, how: (known: Room) => void): void {
    const found = room(id);
    if (found !== undefined) {
      how(found);
    }
  }

  function applyRole(id: number, role: RoomRole): void {
    change(id, (known) => {
      known.role = role;
    });
  }

  /** Conversations are called by their people. */
  function applyName(userId: number, name: string): void {
    if ([...rooms.value.values()].filter((known) => rename(known, userId, name)).length > 0) {
      remember();
    }
  }

  function applyEvent(event: LogEvent): void {
    const found = room(event.room);
    if (found === undefined) {
      return;
    }
    if (applyLogEvent(found, event, session.user?.userId, blocked.people, mayMean) === 'unknown') {
      recountMentions(event.room);
    }
    if (event.type === 'roomUpdated') {
      const { room: id, slug, title, topic } = event;
      applyDirectory([{ room: id, slug, title, topic }], []);
    } else if (event.type === 'roomDeleted') {
      rooms.value.delete(event.room);
      remember();
    }
  }

  function applySkipped({ room: id, to }: ServerFrameOf<'skipped'>): void {
    change(id, (known) => skipTo(known, to));
  }

  /** This person came into a room or left it on another device, or by somebody else's hand. */
  function applyMembership({ room: id, member, summary }: ServerFrameOf<'membership'>): void {
    if (summary !== undefined) {
      applySummary({ ...summary, online: room(id)?.online ?? summary.online });
    } else {
      setMember(id, member);
    }
  }

  function setMember(id: number, member: boolean): void {
    const found = room(id);
    if (found === undefined) {
      return;
    }
    found.member = member;
    if (!member && found.kind !== 'public') {
      // What one is not in, and cannot come into by oneself, is not there.
      if (activeId.value === id && address.value !== null) {
        lost.value = { address: address.value, title: roomTitle(found) };
      }
      rooms.value.delete(id);
    }
    remember();
  }

  function setOnline(id: number, online: number): void {
    change(id, (known) => {
      known.online = online;
    });
  }

  function markAllRead(): void {
    joined.value.forEach((known) => void marks.markRead(known.room));
  }

  /** Keeps the directory for whoever signs in next, and nothing of the person. */
  function forgetPerson(): void {
    for (const known of [...rooms.value.values()]) {
      if (known.kind === 'public') {
        rooms.value.set(known.room, unvisitedRoom(known));
      } else {
        rooms.value.delete(known.room);
      }
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
    address,
    activeId,
    loaded,
    hasMore,
    wanted,
    lost,
    joined,
    conversations,
    others,
    slugs,
    active,
    totalUnread,
    room,
    numberAt,
    addressOf: (id: number): string => addressOfRoom(room(id) ?? { room: id }),
    labelOf: (id: number): string => roomLabel(room(id) ?? { room: id, title: '' }),
    open,
    join,
    find,
    leave,
    create,
    update,
    remove,
    list,
    refresh,
    applyList,
    applyOwn,
    applyRoomSnapshot,
    applyDirectory,
    applyEvent,
    applySkipped,
    applyName,
    applyRole,
    applySummary,
    applyMembership,
    setMember,
    setOnline,
    ...marks,
    markAllRead,
    forgetPerson,
  };
});
