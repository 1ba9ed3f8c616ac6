import { once } from 'node:events';
import { io } from 'socket.io-client';

/** Far more than anything takes, on a busy machine, too. */
const DEADLINE = 20_000;

/** The ways in which a client can connect, by name. */
export const WAYS = {
  polling: { transports: ['polling'] },
  WebSocket: { transports: ['websocket'] },
  'polling, then WebSocket': { transports: ['polling', 'websocket'] },
};

/** The official Socket.IO client, with a memory of the events that came. */
export class SocketIoClient {
  #events = [];
  #waiting = new Set();

  constructor(url, options = {}) {
    this.socket = io(url, { forceNew: true, reconnection: false, ...options });
    this.socket.onAny((name, argument) => {
      this.#events.push({ name, argument });
      for (const look of [...this.#waiting]) {
        look();
      }
    });
  }

  /** Connects. The client ends with the test. */
  static async open(test, url, options) {
    const client = new SocketIoClient(url, options);
    test.after(() => client.socket.disconnect());
    const [error] = await Promise.race([
      once(client.socket, 'connect'),
      once(client.socket, 'connect_error'),
    ]);
    if (error !== undefined) {
      throw error;
    }
    return client;
  }

  /** Connects and joins a room at once. */
  static async join(test, server, username, room = 'general', options = {}) {
    const client = new SocketIoClient(server.url, options);
    test.after(() => client.socket.disconnect());
    client.emit('join', { username, room });
    await client.event('message-history');
    return client;
  }

  emit(name, ...argument) {
    this.socket.emit(name, ...argument);
  }

  /** Emits an event and answers what acknowledges it. */
  ask(name, ...argument) {
    return this.socket.timeout(DEADLINE).emitWithAck(name, ...argument);
  }

  /** The argument of the first event of this name for which `fits` holds, among those that came and those to come. */
  event(name, fits = () => true) {
    const what = `${name} ${fits}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`waited in vain for ${what}; there is ${JSON.stringify(this.#events)}`));
      }, DEADLINE);
      const look = () => {
        const place = this.#events.findIndex(
          (event) => event.name === name && fits(event.argument),
        );
        if (place >= 0) {
          const [{ argument }] = this.#events.splice(place, 1);
          clearTimeout(timer);
          this.#waiting.delete(look);
          resolve(argument);
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The `server_event` of this type, with these fields. */
  serverEvent(type, fields = {}) {
    const wanted = Object.entries({ type, ...fields });
    return this.event('server_event', (event) =>
      wanted.every(([key, value]) => event[key] === value),
    );
  }

  /** The line that nobody wrote. */
  line(text) {
    return this.event('system-message', (message) => message.text === text);
  }

  /** Waits until exactly these people are in the room. */
  people(...names) {
    return this.event('room-users', (users) => users.join() === names.join());
  }

  /** All events that came and were not taken. */
  rest() {
    return this.#events.splice(0);
  }

  get transport() {
    return this.socket.io.engine.transport.name;
  }
}
