import { watch } from 'vue';
import type { ServerFrameOf } from '@/api/frames';
import { keepOnlyDraftsOf } from '@/features/composer/drafts';
import { useConnection, wakeWithThePage } from '@/features/connection';
import { registerMemberEvents, useMembers } from '@/features/members';
import { registerMessageEvents, useMessages } from '@/features/messages';
import { useOutbox } from '@/features/messages/outbox/store';
import { registerPeopleEvents, usePeople } from '@/features/people';
import { reportActivity } from '@/features/presence';
import { FIRST_PAGE, registerRoomEvents, useRooms } from '@/features/rooms';
import { useRestraints } from '@/features/rooms/restraints';
import { registerSessionEvents } from '@/features/session/events';
import { useSession } from '@/features/session/store';
import { registerTypingEvents } from '@/features/typing';
import { readSettingsOf } from '@/storage/settings';
import { loadLateParts } from '@/ui/late-loads';
import { joinAll } from './join-all';
import { forgetOtherEpochs } from './other-epoch';
import { plannedJoins } from './planned-joins';
import { router } from './router';
import { showPane } from './show-pane';

/** In a `hello`, in place of the last event seen: asks for a fresh view of the room. */
const NOTHING_SEEN = -1;

/** A server that refuses the token as often, which it has just given, means it. */
const MOST_REFUSALS = 2;

/** By then a room is on show. */
const LATER_MS = 3_000;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Ties the features to the connection, once, and keeps the connection up as long as somebody is signed in. */
export function startClient(): void {
  const connection = useConnection();
  const session = useSession();
  const rooms = useRooms();
  const members = useMembers();
  const people = usePeople();
  const messages = useMessages();
  const outbox = useOutbox();
  const restraints = useRestraints();
  let resumed: ReadonlySet<number> = new Set();
  let connections = 0;
  /** Since the last welcome. */
  let refusals = 0;

  function forgetPerson(): void {
    rooms.forgetPerson();
    members.forgetAll();
    people.table.clear();
    restraints.forget();
  }

  function resumePoints(): Record<string, number> {
    const points = messages.resumePoints();
    const { active } = rooms;
    // The room on show comes with the welcome, a way to the server and back earlier than by a join behind it.
    if (active?.member && !(String(active.room) in points)) {
      points[String(active.room)] = NOTHING_SEEN;
    }
    resumed = new Set(Object.keys(points).map(Number));
    return points;
  }

  function joinRooms(welcome: ServerFrameOf<'welcome'>): void {
    connections += 1;
    refusals = 0;
    const mine = connections;
    const { activeId: active, wanted } = rooms;
    const plan = plannedJoins(welcome.rooms, { resumed, active, wanted, firstPage: FIRST_PAGE });
    void joinAll(plan, { join: rooms.join, current: () => mine === connections, wait });
    // The welcome has this person's rooms only. When the connection drops meanwhile, the next welcome asks again.
    rooms.refresh().catch(() => {});
    setTimeout(loadLateParts, LATER_MS);
    // Until then the number is the server's.
    import('@/features/threads/follow')
      .then(({ followThreads }) => followThreads(connection))
      .catch(() => {});
    import('@/features/later/news')
      .then(({ followSchedule }) => followSchedule(connection, () => showPane(router, 'scheduled')))
      .catch(() => {});
    import('@/features/drafts/sync')
      .then(({ followDrafts }) => followDrafts(connection))
      .catch(() => {});
    import('@/features/service-worker/keep-client')
      .then(({ keepClient }) => keepClient())
      .catch(() => {});
    import('@/features/notifications/start')
      .then(({ startNotifications }) => startNotifications(connection))
      .catch(() => {});
    import('@/features/avatars/start')
      .then(({ followAvatars }) => followAvatars(connection))
      .catch(() => {});
    // What was blocked before is known here already.
    import('@/features/blocks/requests')
      .then(({ refreshBlocked }) => refreshBlocked())
      .catch(() => {});
  }

  forgetOtherEpochs(connection, () => {
    forgetPerson();
    messages.forgetAll();
  });
  // Who a frame is for comes first, then what is in the rooms; the joins need both.
  registerSessionEvents(connection);
  registerPeopleEvents(connection);
  registerRoomEvents(connection);
  registerMemberEvents(connection);
  registerTypingEvents(connection);
  registerMessageEvents(connection);
  connection.on('welcome', joinRooms);
  connection.on('membership', ({ room, member }) => {
    if (member) {
      const limit = room === rooms.activeId ? FIRST_PAGE : 0;
      // Unless it is left again before.
      const current = () => rooms.room(room)?.member !== false;
      void joinAll([{ reference: { room }, limit }], { join: rooms.join, current, wait });
    }
  });

  readSettingsOf(session.user?.userId ?? null);
  // What one person has seen is not for the next one at this browser.
  watch(
    () => session.user?.userId,
    (userId, before) => {
      if (before !== undefined) {
        forgetPerson();
        // What one person could take back would come into the account of the next one.
        import('@/features/problems/problems')
          .then(({ problems }) => problems.clear())
          .catch(() => {});
      }
      outbox.keepOnly(userId ?? null).catch(() => {});
      keepOnlyDraftsOf(userId ?? null);
      readSettingsOf(userId ?? null);
    },
    { flush: 'sync' },
  );

  wakeWithThePage(connection);
  reportActivity(connection);

  function connect(): void {
    connection.start({ token: session.token, resumePoints });
  }

  watch(
    () => session.since,
    (since) => {
      refusals = 0;
      if (since === null) {
        connection.stop();
      } else {
        // Both at once; the token is there when the connection is.
        connect();
        Promise.resolve(session.token()).catch(() => undefined);
      }
    },
    { immediate: true },
  );
  watch(
    () => session.accessToken,
    (token) => {
      if (token !== null) {
        connection.notify({ type: 'renew', token });
      }
    },
  );
  watch(
    () => connection.state,
    async (state) => {
      if (state.name !== 'offline') {
        return;
      }
      refusals += 1;
      if (refusals > MOST_REFUSALS) {
        session.end(state.reason);
      } else if (await session.survives(state.reason)) {
        connect();
      }
    },
  );
}
