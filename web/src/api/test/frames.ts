import type { ServerFrame } from '../generated/protocol';

export const WELCOME: ServerFrame = {
  type: 'welcome',
  ref: 1,
  user: { userId: 7, name: 'Alex', guest: true },
  rooms: [],
  limits: { messageLength: 2_000, historyPage: 200, roomsPerPerson: 100 },
  serverTime: 1_795_341_600_000,
};
