import { type Component, defineComponent, h, onBeforeUnmount, ref, shallowRef } from 'vue';
import { type Load, loadLater } from './late-loads';
import { useLateView } from './late-view';

/** A part of a view with its script in a file of its own, which comes when the part is first shown; its slots stand for it until then. */
export function latePart<T extends Component>(load: Load<T>): T {
  let loaded: T | undefined;
  const loadOnce: Load<T> = async () => {
    const part = await load();
    loaded = part.default;
    return part;
  };
  loadLater(loadOnce);
  return defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const gone = ref(false);
      onBeforeUnmount(() => {
        gone.value = true;
      });
      // The next one is there at once: nothing that stands in its place comes and goes.
      const part =
        loaded === undefined ? useLateView(loadOnce, () => !gone.value) : shallowRef(loaded);
      return () => (part.value ? h(part.value, attrs, slots) : slots.waiting?.());
    },
  }) as unknown as T;
}
