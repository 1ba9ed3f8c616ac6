import EmojiList from '@/features/admin/EmojiList.vue';
import EmojiPicker from '@/features/emoji/EmojiPicker.vue';
import { setOwnEmoji } from '@/features/emoji/own/table';
import { useSession } from '@/features/session/store';
import type { Scene, Scenes } from './scene';
import { live } from './world';

/** There is no server that would have pictures. */
const PICTURE = '../../favicon.svg';
const EMOJI = ['party_parrot', 'ship-it', 'an_emoji_with_a_name_that_is_long'].map((name) => ({
  name,
  picture: PICTURE,
}));

function scene(state: string, answer: () => Promise<unknown>): Scene {
  return {
    state,
    view: EmojiList,
    prepare: () => {
      live();
      useSession().ask = answer as ReturnType<typeof useSession>['ask'];
    },
  };
}

export const OWN_EMOJI: Scenes = {
  name: 'Emoji of the server',
  scenes: [
    scene('there', async () => ({ emoji: EMOJI })),
    scene('empty', async () => ({ emoji: [] })),
    scene('waiting', () => new Promise(() => undefined)),
    scene('failed', () => Promise.reject(new TypeError())),
    {
      state: 'picked',
      view: EmojiPicker,
      prepare: () => {
        live();
        setOwnEmoji(EMOJI);
      },
    },
  ],
};
