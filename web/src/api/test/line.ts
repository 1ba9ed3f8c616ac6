import { type ConnectionState, Socket } from '../socket';
import { FakeWebSocket } from './fake-web-socket';

export const WELCOME = {
  type: 'welcome',
  user: { userId: 7, name: 'Alex', guest: true },
  rooms: [],
  limits: { messageLength: 2_000, historyPage: 200, roomsPerPerson: 100 },
  serverTime: 0,
} as const;

/** A socket whose web sockets are the test's, with all it has gone through. */
export function line(points: Record<string, number> = {}) {
  const webSockets: FakeWebSocket[] = [];
  const states: ConnectionState[] = [];
  const socket = new Socket({
    url: 'ws://chinwag.test/ws',
    random: () => 0.5,
    openWebSocket: () => {
      const fake = new FakeWebSocket();
      webSockets.push(fake);
      return fake as unknown as WebSocket;
    },
  });
  socket.onState((state) => states.push(state));
  const server = (): FakeWebSocket => {
    const last = webSockets.at(-1);
    if (last === undefined) {
      throw new Error('no connection was made');
    }
    return last;
  };
  const start = () => socket.start({ token: 'cw_1', resumePoints: () => points });
  const welcome = () => {
    server().open();
    server().say({ ...WELCOME, rooms: [], ref: server().refOf('hello') });
  };
  return { socket, states, webSockets, server, start, welcome };
}
