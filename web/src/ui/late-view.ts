import { type Component, type ShallowRef, shallowRef, watch } from 'vue';

const AGAIN_MS = 2_000;

/** A view with its script in a file of its own, which is loaded when it is wanted, and asked for until it comes. */
export function useLateView(
  load: () => Promise<{ default: Component }>,
  wanted: () => boolean,
): Readonly<ShallowRef<Component | undefined>> {
  const view = shallowRef<Component>();
  let loading = false;
  watch(
    wanted,
    async () => {
      while (wanted() && view.value === undefined && !loading) {
        loading = true;
        try {
          view.value = (await load()).default;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
        loading = false;
      }
    },
    { immediate: true },
  );
  return view;
}
