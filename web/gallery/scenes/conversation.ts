import { summary } from '@/api/test/rooms';
import ConversationPane from '@/app/layout/ConversationPane.vue';
import { useMessages } from '@/features/messages';
import { message } from '@/features/messages/test/log-events';
import { snapshot } from '@/features/messages/test/snapshots';
import { useRooms } from '@/features/rooms/store';
import type { Scene, Scenes } from './scene';
import { connecting, inRoom, live, lost, ROOM } from './world';

const TEXTS = [
  'Morning! The new build is on the staging server.',
  'שלום, מה שלומך היום? **חשוב**',
  '```ts\nconst at = parse(row.date);\n```',
  '🎉',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
];

const props = { address: 'general', narrow: true };
const scene = (state: string, prepare: () => void): Scene => ({
  state,
  view: ConversationPane,
  props,
  prepare,
});

function said(from: number, count = TEXTS.length): void {
  const messages = TEXTS.slice(0, count).map((text, index) =>
    message(from + index, { text, ...(index % 2 === 1 && { userId: 7, name: 'Alex' }) }),
  );
  const to = from + count - 1;
  useMessages().applySnapshot(snapshot(from, to, { messages, title: 'General' }));
}

export const CONVERSATION: Scenes = {
  name: 'A room',
  scenes: [
    scene('there', () => {
      live();
      inRoom(ROOM);
      said(1);
    }),
    scene('waiting', () => {
      connecting();
      inRoom(ROOM);
    }),
    scene('empty', () => {
      live();
      inRoom(ROOM);
      useMessages().applySnapshot(snapshot(1, 0, { title: 'General' }));
    }),
    scene('failed', () => {
      live();
      inRoom(ROOM);
      said(101, 2);
      useMessages().room(ROOM.room).position.failed = { older: true, newer: false };
    }),
    scene('offline', () => {
      lost();
      inRoom(ROOM);
    }),
    scene('refused: not a member', () => {
      live();
      inRoom({ ...ROOM, member: false });
    }),
    scene('refused: taken out of it', () => {
      live();
      inRoom(summary(2));
      useRooms().lost = { address: 'general', title: 'General' };
    }),
    scene('refused: only moderators write', () => {
      live();
      inRoom({ ...ROOM, posting: 'moderators', role: 'member' });
      said(1);
    }),
  ],
};
