import { type ShallowRef, shallowRef } from 'vue';

type TypingTools = typeof import('./typing-tools');

const tools = shallowRef<TypingTools>();
let loading: Promise<void> | undefined;

/** Ends in any case: without them a text is sent as it was typed, and the next composer asks for them again. */
export function loadTypingTools(): Promise<void> {
  loading ??= import('./typing-tools').then(
    (loaded) => {
      tools.value = loaded;
    },
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** The tools as soon as they are there; the composer asks for them when it is made. */
export function useTypingTools(): Readonly<ShallowRef<TypingTools | undefined>> {
  void loadTypingTools();
  return tools;
}
