import { type ComputedRef, computed, type Ref } from 'vue';
import { readTyped } from '@/features/commands';

interface Destination {
  replyTo?: number;
  thread?: number;
  also?: boolean;
}

interface Writing {
  answered: Readonly<Ref<number | null>>;
  outgoing: Readonly<Ref<string>>;
  /** Whether there is neither text nor file. */
  nothing: () => boolean;
  /** With files it is a message, whatever its text. */
  hasFiles: () => boolean;
}

/** What belongs to a message beside its text, and the message as it could be sent later: a text that is no command, or files. */
export function useDestination(
  { room, thread, also }: { room: number; thread: number | null; also: () => boolean },
  { answered, outgoing, nothing, hasFiles }: Writing,
): {
  destination: () => Destination;
  later: ComputedRef<({ room: number; text: string } & Destination) | null>;
} {
  function destination(): Destination {
    const replyTo = answered.value ?? undefined;
    return {
      ...(replyTo !== undefined && { replyTo }),
      ...(thread !== null && { thread, ...(also() && { also: true }) }),
    };
  }

  const later = computed(() => {
    if (hasFiles()) {
      return { room, text: outgoing.value, ...destination() };
    }
    const typed = readTyped(outgoing.value);
    return nothing() || typed.kind !== 'message' || typed.text.trim() === ''
      ? null
      : { room, text: typed.text, ...destination() };
  });

  return { destination, later };
}
