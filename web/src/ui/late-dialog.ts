import { type Component, defineComponent, h, nextTick, ref, shallowRef, watch } from 'vue';
import { type Load, loadLater } from './late-loads';

/**
 * A dialog whose script is in a file of its own and comes when it is first opened. One that could not be loaded closes again, so that the
 * next press tries again.
 */
export function lateDialog<T extends Component>(load: Load<T>): T {
  loadLater(load);
  return defineComponent({
    inheritAttrs: false,
    props: { open: Boolean },
    emits: ['update:open'],
    setup(props, { attrs, emit, slots }) {
      const dialog = shallowRef<Component>();
      const there = ref(false);
      watch(
        () => props.open,
        async (open) => {
          if (open && dialog.value === undefined) {
            try {
              dialog.value = (await load()).default;
              // It sees itself being opened, like every time later.
              await nextTick();
              there.value = true;
            } catch {
              emit('update:open', false);
            }
          }
        },
        { immediate: true },
      );
      return () =>
        dialog.value &&
        h(
          dialog.value,
          {
            ...attrs,
            open: props.open && there.value,
            'onUpdate:open': (open: boolean) => emit('update:open', open),
          },
          slots,
        );
    },
  }) as unknown as T;
}
