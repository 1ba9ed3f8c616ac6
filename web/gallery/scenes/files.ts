import type { Attachment } from '@/api/generated/protocol';
import MessageFiles from '@/features/files/MessageFiles.vue';
import { useSession } from '@/features/session/store';
import type { Scene, Scenes } from './scene';

const CODE = Array.from({ length: 40 }, (_, index) => `const name${index} = ${index}; // a name`);

function file(id: string, name: string, type: string, bytes: number): Attachment {
  return { id, name, type, bytes };
}

/** What the server says to whoever asks for the beginning of a text. */
function scene(state: string, answer: () => Promise<unknown>): Scene {
  return {
    state,
    view: MessageFiles,
    props: {
      room: 1,
      attachments: [
        // Each scene has another one: what was read is kept.
        file(state, 'names.ts', 'text/plain', 1_300),
        file('report', 'The report of the year before last, final.pdf', 'application/pdf', 81_300),
      ],
      files: [],
    },
    prepare: () => {
      useSession().ask = answer as ReturnType<typeof useSession>['ask'];
    },
  };
}

export const FILES: Scenes = {
  name: 'Files of a message',
  scenes: [
    scene('there', async () => new TextEncoder().encode(CODE.join('\n')).buffer),
    scene('waiting', () => new Promise(() => undefined)),
    scene('failed', () => Promise.reject(new TypeError())),
  ],
};
