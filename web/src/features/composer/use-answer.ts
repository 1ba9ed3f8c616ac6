import { type ComputedRef, computed, type Ref, watch } from 'vue';
import type { WritingPlace } from '@/features/messages/outbox/store';
import { useReplying } from '@/features/messages/replying';
import { useShortcut } from '@/features/shortcuts';

/** The message that the next one written in a room answers, and how to answer none. */
export function useAnswer(
  { room, thread }: WritingPlace,
  field: Readonly<Ref<HTMLTextAreaElement | null>>,
): { answered: ComputedRef<number | null>; end: () => void } {
  const replying = useReplying();
  // In a thread one answers the thread.
  const answered = computed(() => (thread === null ? replying.target(room) : null));
  const end = () => {
    if (thread === null) {
      replying.end(room);
    }
  };

  useShortcut('cancelReply', () => {
    const had = answered.value !== null;
    end();
    return had;
  });
  // Whoever answers a message goes on by writing.
  watch(
    () => replying.begun,
    (begun) => {
      if (thread === null && begun?.room === room) {
        field.value?.focus();
      }
    },
  );

  return { answered, end };
}
