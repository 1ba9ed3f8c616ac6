import { defineComponent, h, shallowRef, watchEffect } from 'vue';
import { type ColouredPart, colourCode } from './colour-code';

/** Code with its colours, once they are known; where there are none, as it is. */
export const CodeText = defineComponent({
  props: { code: { type: String, required: true }, language: { type: String, required: true } },
  setup(props) {
    const parts = shallowRef<readonly ColouredPart[] | null>(null);
    watchEffect(async (onCleanup) => {
      let current = true;
      onCleanup(() => {
        current = false;
      });
      parts.value = null;
      const coloured = await colourCode(props.code, props.language);
      if (current) {
        parts.value = coloured;
      }
    });
    return () =>
      h('pre', [
        h(
          'code',
          parts.value?.map(({ text, tone }) => h('span', { class: tone }, text)) ?? props.code,
        ),
      ]);
  },
});
