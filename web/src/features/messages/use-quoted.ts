import { type ComputedRef, computed, ref, watch } from 'vue';
import { useConnection } from '@/features/connection/store';
import type { Lookup } from './history';
import type { MessageState } from './message-state';
import { useMessages } from './store';

/** What is known of a message that another one answers. */
export type Quoted = MessageState | 'loading' | 'missing';

/** The lookups under way, by room and message: several answers to one message load it once. */
const underWay = new Map<string, Promise<Lookup>>();

/** The message that another one answers, as it is now. It is loaded when it is not here, and again when a connection is back. */
export function useQuoted(room: number, seq: () => number): ComputedRef<Quoted> {
  const messages = useMessages();
  const connection = useConnection();
  const missing = ref(false);
  const message = computed(() => messages.room(room).log.message(seq()));

  watch(
    [message, seq, () => connection.state.name === 'live'] as const,
    async ([known, wanted, live]) => {
      if (known !== undefined || !live) {
        return;
      }
      missing.value = false;
      const key = `${room} ${wanted}`;
      const lookup = underWay.get(key) ?? messages.lookUpAlone(room, wanted);
      underWay.set(key, lookup);
      const outcome = await lookup;
      underWay.delete(key);
      if (wanted === seq()) {
        missing.value = outcome === 'missing' || outcome === 'refused' || outcome === 'failed';
      }
    },
    { immediate: true },
  );

  return computed(() => message.value ?? (missing.value ? 'missing' : 'loading'));
}
