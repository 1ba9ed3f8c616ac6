import { useRouter } from 'vue-router';
import type { ServerFrameOf } from '@/api/frames';
import { useConnection } from '@/features/connection/store';
import { useMessages } from '@/features/messages';
import { newClientId } from '@/features/messages/outbox/client-id';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { t } from '@/locales';
import { describeError } from '@/locales/describe-error';
import { isKnownCommand } from './commands';

/** What became of a command: done with, or to be mended where it was typed, perhaps for a reason. */
export type Outcome = { done: true } | { done: false; problem: string | null };

const DONE: Outcome = { done: true };

/** Lets the server carry out what is typed with a slash, and does what it leaves to this client. */
export function useCommands() {
  const router = useRouter();
  const connection = useConnection();
  const messages = useMessages();
  const rooms = useRooms();
  const session = useSession();
  /** A command that failed keeps its id: when it is tried again, the server knows whether it was carried out. */
  let tried = { text: '', clientId: '' };

  async function run(room: string, text: string): Promise<Outcome> {
    // Unlike a message it is about now: nobody wants to leave a room an hour later.
    if (connection.state.name !== 'live') {
      return { done: false, problem: t('commands.offline') };
    }
    if (tried.text !== text) {
      tried = { text, clientId: newClientId() };
    }
    try {
      const { clientId } = tried;
      const reply = await connection.request({ type: 'say', room, clientId, text });
      tried = { text: '', clientId: '' };
      if (reply.type === 'ack') {
        messages.followOwn(room);
        return DONE;
      }
      return await follow(room, text, reply);
    } catch (error) {
      return { done: false, problem: describeError(error) };
    }
  }

  async function follow(room: string, text: string, said: ServerFrameOf<'said'>): Promise<Outcome> {
    switch (said.effect) {
      case 'notice':
        messages.hint(room, said.notice);
        return isKnownCommand(text) ? DONE : { done: false, problem: null };
      case 'renamed':
        session.takeUser(said.user);
        return DONE;
      case 'enter':
        await rooms.join(said.room);
        await router.push({ name: 'room', params: { room: said.room } });
        return DONE;
      case 'exit':
        await rooms.leave(said.room);
        await router.push({ name: 'home' });
        return DONE;
      case 'signedOut':
        await session.signOut();
        return DONE;
    }
  }

  return { run };
}
