import { once } from 'node:events';
import WebSocket from 'ws';

/** Far more than anything takes, on a busy machine, too. */
const DEADLINE = 20_000;

/** A WebSocket client that remembers what came. */
export class Client {
  /** Texts that came and were not taken yet. */
  #texts = [];
  #waiting = new Set();
  /** The close code and the reason, once the connection is closed. */
  closed;

  constructor(url, options = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on('message', (data, isBinary) => {
      this.#texts.push(isBinary ? data : data.toString());
      this.#tell();
    });
    this.closed = once(this.socket, 'close').then(([code, reason]) => ({
      code,
      reason: reason.toString(),
    }));
  }

  /** Connects. The client ends with the test. */
  static async open(test, url, options) {
    const client = new Client(url, options);
    test.after(() => client.socket.terminate());
    await once(client.socket, 'open');
    return client;
  }

  /** Sends a text as it is, anything else as JSON. */
  send(message) {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The first text for which `fits` holds, among those that came and those to come. It is taken. */
  text(fits = () => true) {
    return this.#take((text) => fits(text), `a text like ${fits}`);
  }

  /** The first JSON frame with these fields, parsed. It is taken. */
  async frame(fields) {
    const fits = (text) => {
      const frame = parse(text);
      return Object.entries(fields).every(([key, value]) => frame?.[key] === value);
    };
    return JSON.parse(await this.#take(fits, JSON.stringify(fields)));
  }

  /** All texts that came and were not taken. */
  rest() {
    return this.#texts.splice(0);
  }

  close() {
    this.socket.close();
    return this.closed;
  }

  async #take(fits, what) {
    const found = () => {
      const place = this.#texts.findIndex(fits);
      return place < 0 ? undefined : this.#texts.splice(place, 1)[0];
    };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`waited in vain for ${what}; there is ${this.#texts.join(' ')}`));
      }, DEADLINE);
      const look = () => {
        const text = found();
        if (text !== undefined) {
          clearTimeout(timer);
          this.#waiting.delete(look);
          resolve(text);
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  #tell() {
    for (const look of [...this.#waiting]) {
      look();
    }
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
