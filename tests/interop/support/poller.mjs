import assert from 'node:assert/strict';

const SEPARATOR = '\u001e';

/** The path of a request of Engine.IO. */
export const path = (sid, transport = 'polling') =>
  `/socket.io/?EIO=4&transport=${transport}${sid === undefined ? '' : `&sid=${sid}`}`;

/** A connection that polls, packet by packet. */
export class Poller {
  /** What came and was not looked at yet. */
  packets = [];

  static async open(server) {
    const poller = new Poller();
    poller.server = server;
    const opened = await poller.poll();
    poller.handshake = JSON.parse(opened[0].slice(1));
    poller.sid = poller.handshake.sid;
    return poller;
  }

  /** Opens a connection and joins a room. */
  static async join(server, username, room = 'general') {
    const poller = await Poller.open(server);
    await poller.post('40', `42["join",${JSON.stringify({ username, room })}]`);
    await poller.until(/message-history/);
    return poller;
  }

  /** The bare answer to a poll. */
  async get(init) {
    const response = await fetch(this.server.url + path(this.sid), init);
    return { status: response.status, body: await response.text() };
  }

  async poll() {
    const { status, body } = await this.get();
    assert.equal(status, 200, body);
    return body.split(SEPARATOR);
  }

  async post(...packets) {
    assert.deepEqual(await this.send(...packets), { status: 200, body: 'ok' });
  }

  /** The bare answer to a post. */
  send(...packets) {
    return this.get({ method: 'POST', body: packets.join(SEPARATOR) });
  }

  /** The first packet like this, among those that came behind the one before, and those to come. */
  async until(pattern) {
    for (;;) {
      const place = this.packets.findIndex((packet) => pattern.test(packet));
      if (place >= 0) {
        return this.packets.splice(0, place + 1).at(-1);
      }
      this.packets = await this.poll();
    }
  }

  /** Polls until the connection has ended, and answers what came before. */
  async untilEnd() {
    const bodies = [];
    for (;;) {
      const { status, body } = await this.get();
      if (status !== 200) {
        assert.equal(status, 400);
        return bodies;
      }
      bodies.push(body);
    }
  }
}
