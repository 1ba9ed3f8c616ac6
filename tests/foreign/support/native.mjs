import { Client } from './client.mjs';

/** Somebody at the native protocol who is in a room: sees what others do there. */
export class Observer {
  #client;
  #reference = 0;

  static async in(test, server, room, name = 'Observer') {
    const observer = new Observer();
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    const { token } = await response.json();
    observer.#client = await Client.open(test, `${server.wsUrl}/ws`);
    await observer.#ask({ type: 'hello', token });
    await observer.#ask({ type: 'join', room });
    return observer;
  }

  /** Writes a message. */
  say(room, text) {
    return this.#ask({ type: 'send', room, text, clientId: crypto.randomUUID() });
  }

  /** The messages of a room, oldest first. */
  async history(room) {
    const { messages } = await this.#ask({ type: 'history', room, limit: 200 });
    return messages;
  }

  /** Waits for a message and answers it. */
  sees(text) {
    return this.#client.frame({ type: 'message', text });
  }

  /** Waits until somebody is in a state, such as `online`, and answers the change. */
  async seesPresence(name, state) {
    for (;;) {
      const { changes } = await this.#client.frame({ type: 'presence' });
      const change = changes.find((change) => change.name === name && change.state === state);
      if (change !== undefined) {
        return change;
      }
    }
  }

  /** Waits until exactly these people type. */
  async seesTyping(...names) {
    for (;;) {
      const { users } = await this.#client.frame({ type: 'typing' });
      if (users.map(({ name }) => name).join() === names.join()) {
        return;
      }
    }
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
