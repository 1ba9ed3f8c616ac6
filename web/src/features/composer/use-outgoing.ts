import { type ComputedRef, computed, type Ref } from 'vue';
import { useEmoji } from '@/features/emoji';
import { useMembers } from '@/features/members/store';
import { useTypingTools } from './use-typing-tools';

/** What is typed, as it is seen and as it is sent: with emoji for their short forms, and with numbers for the names of those who are mentioned. */
export function useOutgoing(
  room: number,
  text: Readonly<Ref<string>>,
): { visible: ComputedRef<string>; outgoing: ComputedRef<string> } {
  const emoji = useEmoji();
  const members = useMembers();
  const tools = useTypingTools();
  /** Without U+0000, which a paste may bring, nobody sees, and the server refuses. */
  const visible = computed(() => text.value.replaceAll('\0', ''));
  const outgoing = computed(() => {
    if (tools.value === undefined) {
      return visible.value;
    }
    const { crowdsOf, emojify, withNumbers } = tools.value;
    const written = emoji.enabled ? emojify(visible.value) : visible.value;
    return written.includes('@')
      ? withNumbers(written, [...members.peopleIn(room), ...crowdsOf(room)])
      : written;
  });
  return { visible, outgoing };
}
