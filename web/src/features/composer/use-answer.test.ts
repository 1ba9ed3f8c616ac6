import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { useReplying } from '@/features/messages/replying';
import { useAnswer } from './use-answer';

vi.mock('@/features/shortcuts', () => ({ useShortcut: () => undefined }));

it('takes the focus for an answer begun here, and not for one begun on another device', async () => {
  setActivePinia(createPinia());
  const field = ref(document.createElement('textarea'));
  const focus = vi.spyOn(field.value, 'focus');
  const scope = effectScope();
  const answer = scope.run(() => useAnswer({ room: 1, thread: null }, field));
  const replying = useReplying();

  replying.follow(1, 5);
  await nextTick();
  expect(answer?.answered.value).toBe(5);
  expect(focus).not.toHaveBeenCalled();
  replying.begin(2, 6);
  await nextTick();
  expect(focus).not.toHaveBeenCalled();
  replying.begin(1, 6);
  await nextTick();
  expect(answer?.answered.value).toBe(6);
  expect(focus).toHaveBeenCalledOnce();
  replying.follow(1, null);
  expect(answer?.answered.value).toBeNull();
  scope.stop();
});
