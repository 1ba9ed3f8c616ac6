import { summary } from '@/api/test/rooms';
import RoomsPane from '@/app/layout/RoomsPane.vue';
import { folders } from '@/features/rooms/folders';
import type { Scene, Scenes } from './scene';
import { connecting, inRoom, live, lost, MANY_ROOMS, ROOM } from './world';

folders.value = [
  { id: 'work', name: 'Office', rooms: [11, 12, 13] },
  { id: 'old', name: 'Rechtsschutzversicherungsgesellschaften und andere', rooms: [] },
];

const scene = (state: string, prepare: () => void): Scene => ({
  state,
  view: RoomsPane,
  props: { alone: false, left: null },
  prepare,
});

export const ROOMS: Scenes = {
  name: 'The list of rooms',
  scenes: [
    scene('there', () => {
      live();
      inRoom(ROOM, ...MANY_ROOMS);
    }),
    scene('waiting', connecting),
    scene('empty', () => {
      live();
      inRoom();
    }),
    scene('offline', lost),
    scene('refused: in no room, which are open to all', () => {
      live();
      inRoom({ ...ROOM, member: false }, summary(2, { member: false, title: 'Tech' }));
    }),
  ],
};
