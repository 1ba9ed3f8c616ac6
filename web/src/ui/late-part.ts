import { type Component, defineComponent, h, onBeforeUnmount, ref } from 'vue';
import { type Load, loadLater } from './late-loads';
import { useLateView } from './late-view';

/** A part of a view with its script in a file of its own, which comes when the part is first shown; its slots stand for it until then. */
export function latePart<T extends Component>(load: Load<T>): T {
  loadLater(load);
  return defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const gone = ref(false);
      onBeforeUnmount(() => {
        gone.value = true;
      });
      const part = useLateView(load, () => !gone.value);
      return () => (part.value ? h(part.value, attrs, slots) : slots.waiting?.());
    },
  }) as unknown as T;
}
