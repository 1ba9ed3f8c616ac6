import { choice } from '@/storage/settings';

export const ENTER_KEYS = ['send', 'break'] as const;

/** What Enter does while one writes; Ctrl or Cmd with it always sends. */
export const enterKey = choice('chinwag.enterKey', ENTER_KEYS, 'send');

/** Whether Enter goes on to the next line. The keyboard of a phone has no other key for that, and the button to send is near. */
export function enterBreaksLine(): boolean {
  return enterKey.value === 'break' || matchMedia('(pointer: coarse)').matches;
}
