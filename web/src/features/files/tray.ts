import { type ComputedRef, computed, shallowReactive } from 'vue';

/** A file on its way, as this browser has it. It is stored with the message that waits for it. */
export interface OutgoingFile {
  key: string;
  name: string;
  type: string;
  blob: Blob;
}

/** The files that are to go with what is being written in one place. */
export interface Tray {
  room: number;
  files: ComputedRef<readonly OutgoingFile[]>;
  put(files: readonly OutgoingFile[]): void;
  /** Hands the files over to a message. */
  take(): readonly OutgoingFile[];
}

const NONE: readonly OutgoingFile[] = [];
/** By place: whoever looks into another room finds them again. */
const trays = shallowReactive(new Map<string, readonly OutgoingFile[]>());

export function useTray({ room, thread }: { room: number; thread: number | null }): Tray {
  const key = `${room}/${thread ?? ''}`;
  const files = computed(() => trays.get(key) ?? NONE);
  return {
    room,
    files,
    put: (next) => trays.set(key, next),
    take: () => {
      const taken = files.value;
      trays.delete(key);
      return taken;
    },
  };
}
