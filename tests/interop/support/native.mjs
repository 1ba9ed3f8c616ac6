import { Client } from './client.mjs';

/** Somebody at the native protocol, with the verbs of it and an eye for what others do. */
export class Native {
  #client;
  #token;
  #reference = 0;
  /** The ids of the rooms by their addresses. */
  #ids = new Map();

  static async signIn(test, server, name) {
    const native = new Native();
    native.#token = await Native.token(server, name);
    await native.#connect(test, server);
    return native;
  }

  /** The token of somebody who has just signed in. */
  static async token(server, name) {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, for: 'script' }),
    });
    const { token } = await response.json();
    return token;
  }

  /** Signs in and joins a room. */
  static async in(test, server, room, name = 'Observer') {
    const native = await Native.signIn(test, server, name);
    await native.join(room);
    return native;
  }

  /** What an HTTP request of this session says of it. */
  get headers() {
    return { Authorization: `Bearer ${this.#token}` };
  }

  async join(slug) {
    const joined = await this.#ask({ type: 'join', slug });
    this.#ids.set(slug, joined.room);
    return joined;
  }

  leave(slug) {
    return this.#ask({ type: 'leave', room: this.#id(slug) });
  }

  type(slug) {
    return this.#ask({ type: 'typing', room: this.#id(slug) });
  }

  /** Loses the connection without a word. */
  drop() {
    this.#client.socket.terminate();
  }

  /** The same session over a new connection. */
  async again(test, server) {
    await this.#connect(test, server);
    return this;
  }

  async create(slug) {
    const { room } = await this.#ask({ type: 'createRoom', slug, title: slug });
    this.#ids.set(slug, room.room);
    return room;
  }

  delete(slug) {
    return this.#ask({ type: 'deleteRoom', room: this.#id(slug) });
  }

  /** Writes a message. */
  say(slug, text) {
    return this.#send(slug, { text });
  }

  /** Answers the message at a place. */
  answer(slug, replyTo, text) {
    return this.#send(slug, { text, replyTo });
  }

  /** Gives an own message another text. */
  edit(slug, target, text) {
    const clientId = crypto.randomUUID();
    return this.#ask({ type: 'edit', room: this.#id(slug), target, clientId, text });
  }

  /** The messages of a room, oldest first. */
  async history(slug) {
    const { messages } = await this.#ask({ type: 'history', room: this.#id(slug), limit: 200 });
    return messages;
  }

  /** Waits for a message and answers it. */
  sees(text) {
    return this.#client.frame({ type: 'message', text });
  }

  /** Waits until somebody is in a state, such as `online`, and answers the change. */
  async seesPresence(name, state, slug = 'general') {
    for (;;) {
      const { changes } = await this.#client.frame({ type: 'presence', room: this.#id(slug) });
      const change = changes.find((change) => change.name === name && change.state === state);
      if (change !== undefined) {
        return change;
      }
    }
  }

  /** Waits until exactly these people type. */
  async seesTyping(slug, ...names) {
    for (;;) {
      const { users } = await this.#client.frame({ type: 'typing', room: this.#id(slug) });
      if (users.map(({ name }) => name).join() === names.join()) {
        return;
      }
    }
  }

  #send(slug, message) {
    const clientId = crypto.randomUUID();
    return this.#ask({ type: 'send', room: this.#id(slug), clientId, ...message });
  }

  #id(slug) {
    return this.#ids.get(slug);
  }

  async #connect(test, server) {
    this.#client = await Client.open(test, `${server.wsUrl}/ws`);
    await this.#ask({ type: 'hello', token: this.#token });
  }

  async #ask(frame) {
    this.#reference += 1;
    const ref = this.#reference;
    this.#client.send({ ...frame, ref });
    const reply = await this.#client.frame({ ref });
    if (reply.type === 'error') {
      throw new Error(`${JSON.stringify(frame)} was answered: ${reply.message}`);
    }
    return reply;
  }
}
