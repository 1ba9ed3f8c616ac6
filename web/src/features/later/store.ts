import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { RemindMe, Scheduled, SendLater } from '@/api/generated/protocol';
import * as api from '@/api/scheduled';
import { useSession } from '@/features/session/store';

/** What waits for this person: messages that are sent later, and reminders. */
export const useScheduled = defineStore('scheduled', () => {
  const session = useSession();
  const list = shallowRef<readonly Scheduled[]>();
  /** Of two answers, that to the later question counts. */
  let asked = 0;

  watch(
    () => session.user?.userId,
    () => {
      asked += 1;
      list.value = undefined;
    },
    { flush: 'sync' },
  );

  async function refresh(): Promise<void> {
    asked += 1;
    const own = asked;
    const { scheduled } = await session.ask(api.fetchScheduled);
    if (own === asked) {
      list.value = scheduled;
    }
  }

  /** Asks for a change, and looks at what there is then: whoever caused it is not told. */
  async function change(ask: (token: string) => Promise<unknown>): Promise<void> {
    await session.ask(ask);
    // It has happened, whether or not the list comes now.
    await refresh().catch(() => undefined);
  }

  return {
    list,
    refresh,
    send: (body: SendLater, key: string) => change((token) => api.sendLater(body, key, token)),
    remind: (body: RemindMe, key: string) => change((token) => api.remindMe(body, key, token)),
    move: (id: number, at: number) => change((token) => api.reschedule(id, at, token)),
    remove: (id: number) => change((token) => api.unschedule(id, token)),
  };
});
