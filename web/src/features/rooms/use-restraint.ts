import { computed, onScopeDispose, type Ref, ref, watch } from 'vue';
import { useSession } from '@/features/session/store';
import { type Restraint, restraintOf } from './restraint';
import { useRestraints } from './restraints';
import { useRooms } from './store';

const TICK_MS = 500;

/** What keeps this person from writing in a room at present. It ends by itself when its time is over. */
export function useRestraint(room: number): {
  restraint: Readonly<Ref<Restraint | null>>;
  /** Whether nothing can be written, however long one waits. */
  closed: Readonly<Ref<boolean>>;
  /** Seconds until the next message. */
  wait: Readonly<Ref<number>>;
} {
  const rooms = useRooms();
  const session = useSession();
  const restraints = useRestraints();
  const now = ref(Date.now());
  const restraint = computed(() => {
    const known = rooms.room(room);
    return known === undefined
      ? null
      : restraintOf(known, session.user, restraints.of(room), now.value);
  });
  const wait = computed(() =>
    restraint.value?.kind === 'slow'
      ? Math.max(0, Math.ceil((restraint.value.until - now.value) / 1_000))
      : 0,
  );
  const closed = computed(() => restraint.value !== null && restraint.value.kind !== 'slow');

  let timer: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    now.value = Date.now();
  };
  watch(
    // An end that is known is looked out for.
    () => wait.value > 0 || (restraint.value?.kind === 'muted' && restraint.value.until !== null),
    (ends) => {
      clearInterval(timer);
      timer = ends ? setInterval(look, TICK_MS) : undefined;
    },
    { immediate: true },
  );
  // What was told just now is compared with the present, and not with the last look.
  watch(() => restraints.of(room), look, { flush: 'sync' });
  onScopeDispose(() => clearInterval(timer));
  return { restraint, closed, wait };
}
