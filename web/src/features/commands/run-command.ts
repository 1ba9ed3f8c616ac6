import type { RouteLocationRaw } from 'vue-router';
import type { ServerFrameOf } from '@/api/frames';
import { useConnection } from '@/features/connection/store';
import { useMessages } from '@/features/messages';
import { newClientId } from '@/features/messages/outbox/client-id';
import type { WritingPlace } from '@/features/messages/outbox/store';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { describeError } from '@/locales/describe-error';
import { isKnownCommand, readOwnCommand } from './known';
import { ownHelp, runOwn } from './own-commands';
import type { Outcome } from './use-commands';

const DONE: Outcome = { done: true };

export interface CommandPorts {
  /** Those that failed, by the place where they were typed. */
  tried: Map<string, { text: string; clientId: string }>;
  /** Goes on from the room where the command was typed. */
  go: (from: number, to: RouteLocationRaw) => Promise<void>;
}

/** Lets the server carry out what is typed with a slash, and does what it leaves to this client. */
export async function runCommand(
  { room, thread }: WritingPlace,
  text: string,
  { tried, go }: CommandPorts,
): Promise<Outcome> {
  try {
    const own = readOwnCommand(text);
    if (own !== null) {
      return await runOwn(own, room, (address) => go(room, toRoom(address)));
    }
    const place = `${room}/${thread ?? ''}`;
    const before = tried.get(place);
    const { clientId } = before?.text === text ? before : { clientId: newClientId() };
    tried.set(place, { text, clientId });
    const where = thread === null ? {} : { thread };
    const reply = await useConnection().request({ type: 'say', room, clientId, text, ...where });
    tried.delete(place);
    if (reply.type === 'ack') {
      if (thread === null) {
        useMessages().followOwn(room);
      }
      return DONE;
    }
    return await follow(room, text, reply, go);
  } catch (error) {
    return { done: false, problem: describeError(error) };
  }
}

async function follow(
  room: number,
  text: string,
  said: ServerFrameOf<'said'>,
  go: CommandPorts['go'],
): Promise<Outcome> {
  const rooms = useRooms();
  switch (said.effect) {
    case 'notice':
      // The server tells of its own commands alone.
      useMessages().hint(room, isHelp(text) ? `${said.notice} ${ownHelp()}` : said.notice);
      return isKnownCommand(text) ? DONE : { done: false, problem: null };
    case 'renamed':
      useSession().applyUser(said.user);
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
      await useSession().signOut();
      return DONE;
  }
}

function toRoom(address: string): RouteLocationRaw {
  return { name: 'room', params: { room: address } };
}

function isHelp(text: string): boolean {
  return /^\/help(\s|$)/i.test(text);
}
