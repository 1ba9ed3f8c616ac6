import type { ServerFrameOf } from '../frames';

export const WELCOME: ServerFrameOf<'welcome'> = {
  type: 'welcome',
  ref: 1,
  epoch: 'first',
  user: { userId: 7, name: 'Alex', kind: 'guest' },
  rooms: [],
  limits: {
    messageLength: 2_000,
    historyPage: 200,
    roomsPerPerson: 100,
    fileBytes: 16_777_216,
    filesPerMessage: 10,
  },
  serverTime: 1_795_341_600_000,
};
