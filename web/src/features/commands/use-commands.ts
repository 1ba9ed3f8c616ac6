import { defineStore } from 'pinia';
import { useRouter } from 'vue-router';
import { useConnection } from '@/features/connection/store';
import type { WritingPlace } from '@/features/messages/outbox/store';
import { useRooms } from '@/features/rooms/store';
import { t } from '@/locales';
import { describeError } from '@/locales/describe-error';
import { loadLater } from '@/ui/late-loads';
import type { CommandPorts } from './run-command';

/** What became of a command: done with, or to be mended where it was typed, perhaps for a reason. */
export type Outcome = { done: true } | { done: false; problem: string | null };

/**
 * A command that failed keeps its id: when it is tried again, the server knows whether it was carried out. Kept by place, since
 * its composer may be another one by then.
 */
const useTriedCommands = defineStore('triedCommands', () => ({
  tried: new Map() as CommandPorts['tried'],
}));

const load = () => import('./run-command');
loadLater(load);

/** Carries out what is typed with a slash. */
export function useCommands() {
  const router = useRouter();
  const connection = useConnection();
  const rooms = useRooms();
  const { tried } = useTriedCommands();

  async function run(place: WritingPlace, text: string): Promise<Outcome> {
    // Unlike a message it is about now: nobody wants to leave a room an hour later.
    if (connection.state.name !== 'live') {
      return { done: false, problem: t('commands.offline') };
    }
    try {
      const { runCommand } = await load();
      return await runCommand(place, text, { tried, go });
    } catch (error) {
      return { done: false, problem: describeError(error) };
    }
  }

  /** A late answer leaves whoever is elsewhere by then. */
  const go: CommandPorts['go'] = async (from, to) => {
    if (rooms.activeId === from) {
      await router.push(to);
    }
  };

  return { run };
}
