import { shallowRef } from 'vue';
import { loadLater } from '@/ui/late-loads';
import { latePart } from '@/ui/late-part';

/** Most messages have no reactions, and the first view does without what shows them. */
export const ReactionChips = latePart(() => import('./ReactionChips.vue'));

/** What a message's menu has for reactions, once that is there. */
export const lateMenu = shallowRef<typeof import('./menu')>();

async function load(): Promise<void> {
  lateMenu.value ??= await import('./menu');
}

loadLater(load);

/** For one who looks at messages already. What fails is tried again with all that comes later. */
export function loadMenu(): void {
  load().catch(() => undefined);
}
