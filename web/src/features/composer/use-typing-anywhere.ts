import { onScopeDispose, type Ref } from 'vue';
import { isCovered, isTypingField } from '@/ui/shortcuts/shortcuts';

/** Whoever types a character where nothing takes it means the field, which has the focus before the browser puts the character in. */
export function useTypingAnywhere(field: Readonly<Ref<HTMLTextAreaElement | null>>): void {
  const onKeydown = (event: KeyboardEvent) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    // A space presses what has the focus, or scrolls.
    const isText = [...key].length === 1 && key !== ' ';
    const isCommand = (ctrlKey || metaKey || altKey) && !event.getModifierState('AltGraph');
    const isTaken = event.defaultPrevented || isTypingField(target) || isCovered();
    if (isText && !isCommand && !isTaken) {
      field.value?.focus();
    }
  };
  document.addEventListener('keydown', onKeydown);
  onScopeDispose(() => document.removeEventListener('keydown', onKeydown));
}
