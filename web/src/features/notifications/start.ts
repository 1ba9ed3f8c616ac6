import { effectScope, watch } from 'vue';
import type { LogEvent } from '@/api/generated/protocol';
import { router } from '@/app/router';
import { useBlocked } from '@/features/blocks/store';
import type { Connection } from '@/features/connection/store';
import { parseBlocks } from '@/features/messages/markdown/blocks';
import { plainText } from '@/features/messages/markdown/plain-text';
import { useAttention } from '@/features/presence';
import { roomLabel } from '@/features/rooms/label';
import type { Room } from '@/features/rooms/room';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { useFollowed } from '@/features/threads/follow';
import { t } from '@/locales/late';
import { IconBadge } from './badge';
import { isCalled } from './called';
import { closeNotice, closePushed, showNotice } from './desktop';
import { closeInPage, showInPage } from './in-page';
import { callsIn, isPersonal, isQuiet, isWanted } from './needed';
import { OneTab } from './one-tab';
import { useOwnSettings } from './own-settings';
import { playSound } from './sound';
import { wishes } from './wishes';

type Message = Extract<LogEvent, { type: 'message' }>;

/** The longest text that a system shows in whole. */
const LONGEST = 160;

let started: object | undefined;

/** Begins to notify, and takes the settings anew with each call. */
export function startNotifications(connection: Connection): Promise<void> {
  const settings = useOwnSettings();
  if (started !== settings) {
    started = settings;
    effectScope(true).run(() => follow(connection));
  }
  return settings.refresh();
}

function follow(connection: Connection): void {
  const rooms = useRooms();
  const session = useSession();
  const settings = useOwnSettings();
  const blocked = useBlocked();
  const attention = useAttention();
  const tab = new OneTab();
  const badge = new IconBadge();

  connection.on('settingsChanged', ({ revision }) => settings.applyChanged(revision));
  connection.on('message', (event) => void hear(event));
  watch(attention, (looking) => tab.note(looking), { immediate: true });
  watch(
    () => {
      const now = Date.now();
      const { level } = settings.notifications;
      const calls = (room: Room) => callsIn(room, wishes.value[room.room], level, now);
      return session.signedIn ? rooms.joined.reduce((sum, room) => sum + calls(room), 0) : 0;
    },
    (count) => void badge.show(count),
    { immediate: true },
  );
  // What was read here or elsewhere is no news any more.
  watch(
    () => rooms.joined.filter(({ unread, mentions }) => unread + (mentions ?? 0) === 0),
    (read) => {
      for (const { room } of read) {
        closeNotice(room);
        closeInPage(room);
      }
      closePushed(new Set(read.map(({ room }) => room))).catch(() => {});
    },
  );
  endMutesInTime();

  async function hear(event: Message): Promise<void> {
    const room = rooms.room(event.room);
    const person = session.user?.userId;
    const isOthers = event.userId !== person && !blocked.has(event.userId);
    if (room?.member !== true || !isOthers || event.deleted || connection.replaying) {
      return;
    }
    const now = Date.now();
    const wanted = settings.notifications;
    const inThread = event.thread !== undefined && !event.also;
    const mentioned = await isCalled(event, person);
    if (session.user?.userId !== person) {
      return;
    }
    const arrival = {
      text: event.text,
      inThread,
      followed:
        event.thread !== undefined &&
        useFollowed().follows({ room: event.room, root: event.thread }),
      mentioned,
    };
    const isNews = isWanted(arrival, room, wishes.value[room.room], wanted, now);
    if (!isNews || isQuiet(wanted, now)) {
      return;
    }
    const notice = {
      title: titleOf(event, room),
      body: bodyOf(event),
      room: room.room,
      open: () => lead(event, inThread),
    };
    if (attention.value) {
      if (rooms.active?.room !== room.room && isPersonal(arrival, room)) {
        showInPage(notice);
      }
      return;
    }
    if (!(await tab.mayNotify())) {
      return;
    }
    if (wanted.sound) {
      playSound(wanted.volume);
    }
    if (wanted.desktop) {
      showNotice(notice);
    }
  }

  function lead({ room, seq, thread }: Message, inThread: boolean): void {
    const params = { room: rooms.addressOf(room), seq: inThread ? String(thread) : String(seq) };
    void router.push({ name: 'room', params });
  }
}

function titleOf({ name }: Message, room: Room): string {
  return room.kind === 'direct' ? name : t('notifications.title', name, roomLabel(room));
}

function bodyOf({ text, attachments }: Message): string {
  const said = plainText(parseBlocks(text));
  const files = attachments?.map(({ name }) => name).join(', ') ?? '';
  const body = said === '' ? files : said;
  return body.length > LONGEST ? `${body.slice(0, LONGEST)}…` : body;
}

/** A room is as usual again when its time is over. */
function endMutesInTime(): void {
  /** The longest that a timer waits for. */
  const MOST_MS = 2 ** 31 - 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    wishes,
    (present) => {
      clearTimeout(timer);
      const now = Date.now();
      const ends = Object.values(present).map(({ mutedUntil }) => mutedUntil ?? 0);
      const next = Math.min(...ends.filter((end) => end > now));
      if (Number.isFinite(next)) {
        timer = setTimeout(
          () => {
            wishes.value = { ...wishes.value };
          },
          Math.min(next - now + 1, MOST_MS),
        );
      }
    },
    { immediate: true },
  );
}
