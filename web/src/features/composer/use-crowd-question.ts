import { type Ref, ref } from 'vue';
import { useTypingTools } from './use-typing-tools';

/** Asks whoever calls many people at once whether they mean it. */
export function useCrowdQuestion(room: number): {
  /** How many people the text calls, while that is asked; else 0. */
  called: Ref<number>;
  /** Answers whether it has to be asked, and begins to. */
  asks: (text: string) => boolean;
} {
  const tools = useTypingTools();
  const called = ref(0);
  return {
    called,
    asks: (text) => {
      called.value = tools.value?.peopleCalled(room, text) ?? 0;
      return called.value > 0;
    },
  };
}
