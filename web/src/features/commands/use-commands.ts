import { defineStore } from 'pinia';
import { type RouteLocationRaw, useRouter } from 'vue-router';
import type { ServerFrameOf } from '@/api/frames';
import { useConnection } from '@/features/connection/store';
import { useMessages } from '@/features/messages';
import { newClientId } from '@/features/messages/outbox/client-id';
import type { WritingPlace } from '@/features/messages/outbox/store';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { t } from '@/locales';
import { describeError } from '@/locales/describe-error';
import { loadLater } from '@/ui/late-loads';
import { isKnownCommand, readOwnCommand } from './commands';

/** What became of a command: done with, or to be mended where it was typed, perhaps for a reason. */
export type Outcome = { done: true } | { done: false; problem: string | null };

const DONE: Outcome = { done: true };

/**
 * A command that failed keeps its id: when it is tried again, the server knows whether it was carried out. Kept by place, since
 * its composer may be another one by then.
 */
const useTriedCommands = defineStore('triedCommands', () => ({
  tried: new Map<string, { text: string; clientId: string }>(),
}));

const loadOwn = () => import('./own-commands');
loadLater(loadOwn);

/** Lets the server carry out what is typed with a slash, and does what it leaves to this client. */
export function useCommands() {
  const router = useRouter();
  const connection = useConnection();
  const messages = useMessages();
  const rooms = useRooms();
  const session = useSession();
  const { tried } = useTriedCommands();

  async function run({ room, thread }: WritingPlace, text: string): Promise<Outcome> {
    // Unlike a message it is about now: nobody wants to leave a room an hour later.
    if (connection.state.name !== 'live') {
      return { done: false, problem: t('commands.offline') };
    }
    const own = readOwnCommand(text);
    if (own !== null) {
      try {
        const { runOwn } = await loadOwn();
        return await runOwn(own, room, (address) => go(room, toRoom(address)));
      } catch (error) {
        return { done: false, problem: describeError(error) };
      }
    }
    const place = `${room}/${thread ?? ''}`;
    const before = tried.get(place);
    const { clientId } = before?.text === text ? before : { clientId: newClientId() };
    tried.set(place, { text, clientId });
    try {
      const where = thread === null ? {} : { thread };
      const reply = await connection.request({ type: 'say', room, clientId, text, ...where });
      tried.delete(place);
      if (reply.type === 'ack') {
        if (thread === null) {
          messages.followOwn(room);
        }
        return DONE;
      }
      return await follow(room, text, reply);
    } catch (error) {
      return { done: false, problem: describeError(error) };
    }
  }

  async function follow(room: number, text: string, said: ServerFrameOf<'said'>): Promise<Outcome> {
    switch (said.effect) {
      case 'notice':
        messages.hint(room, isHelp(text) ? await withOwnHelp(said.notice) : said.notice);
        return isKnownCommand(text) ? DONE : { done: false, problem: null };
      case 'renamed':
        session.applyUser(said.user);
        return DONE;
      case 'enter':
        await rooms.join({ slug: said.slug });
        await go(room, toRoom(said.slug));
        return DONE;
      case 'exit':
        await rooms.leave(said.room);
        await go(room, { name: 'home' });
        return DONE;
      case 'signedOut':
        await session.signOut();
        return DONE;
    }
  }

  /** Goes on from the room where the command was typed; a late answer leaves whoever is elsewhere by then. */
  async function go(from: number, to: RouteLocationRaw): Promise<void> {
    if (rooms.activeId === from) {
      await router.push(to);
    }
  }

  return { run };
}

function toRoom(address: string): RouteLocationRaw {
  return { name: 'room', params: { room: address } };
}

function isHelp(text: string): boolean {
  return /^\/help(\s|$)/i.test(text);
}

/** The server tells of its own commands alone. */
async function withOwnHelp(notice: string): Promise<string> {
  return loadOwn().then(
    ({ ownHelp }) => `${notice} ${ownHelp()}`,
    () => notice,
  );
}
