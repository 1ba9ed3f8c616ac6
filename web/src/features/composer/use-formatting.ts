import type { Ref } from 'vue';
import { useShortcut } from '@/features/shortcuts';
import { loadTypingTools, useTypingTools } from './use-typing-tools';

const FORMATS = ['bold', 'italic', 'code', 'strike'] as const;

/** The keys that put marks around what is selected in the field. */
export function useFormatting(field: Readonly<Ref<HTMLTextAreaElement | null>>): void {
  const tools = useTypingTools();
  for (const how of FORMATS) {
    useShortcut(how, () => {
      const format = () => field.value !== null && tools.value?.format(field.value, how);
      // What is pressed in the first moment is done once they are there.
      return tools.value === undefined ? loadTypingTools().then(format) : format();
    });
  }
}
