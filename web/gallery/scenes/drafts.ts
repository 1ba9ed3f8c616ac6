import { writeDraft } from '@/features/composer/drafts';
import DraftsPanel from '@/features/drafts/DraftsPanel.vue';
import { useSession } from '@/features/session/store';
import type { Scene, Scenes } from './scene';
import { inRoom, live, MANY_ROOMS, ROOM } from './world';

const scene = (state: string, userId: number): Scene => ({
  state,
  view: DraftsPanel,
  props: { room: ROOM.room },
  prepare: () => {
    live();
    useSession().user = { userId, name: 'Alex', kind: 'member' };
    inRoom(ROOM, ...MANY_ROOMS);
  },
});

writeDraft(
  { userId: 7, room: 11 },
  'We could ship it on **Thursday**, if the tests on the old tablets',
);
writeDraft({ userId: 7, room: 12 }, 'أعتقد أن الاجتماع');
writeDraft({ userId: 7, room: 13, thread: 4 }, 'Donaudampfschifffahrtsgesellschaftskapitän');

export const DRAFTS: Scenes = {
  name: 'Drafts',
  scenes: [scene('there', 7), scene('empty', 8)],
};
