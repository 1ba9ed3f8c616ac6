import { Client } from './client.mjs';
import { Native } from './native.mjs';
import { SocketIoClient } from './socketio.mjs';

/**
 * Alex at each protocol, with the same verbs. Each waits for nothing but what its own protocol answers; what others see of it is for the
 * test to wait for.
 */
export const SPEAKERS = {
  async native(test, server) {
    let native = await Native.signIn(test, server, 'Alex');
    let room;
    return {
      async enter(next) {
        if (room !== undefined) {
          await native.leave(room);
        }
        room = next;
        await native.join(room);
      },
      say: (text) => native.say(room, text),
      type: () => native.type(room),
      drop: () => native.drop(),
      async comeBack() {
        native = await native.again(test, server);
        await native.join(room);
      },
    };
  },

  async simple(test, server) {
    let client = await Client.open(test, server.wsUrl);
    let room;
    const enter = async (next) => {
      room = next;
      client.send({ type: 'join', username: 'Alex', room });
      await client.frame({ type: 'joined', room });
    };
    return {
      enter,
      async say(text) {
        client.send({ type: 'message', text });
        await client.frame({ type: 'message', text });
      },
      type: () => client.send({ type: 'typing', isTyping: true }),
      drop: () => client.socket.terminate(),
      async comeBack() {
        client = await Client.open(test, server.wsUrl);
        await enter(room);
      },
    };
  },

  async socketio(test, server) {
    let client = await SocketIoClient.open(test, server.url);
    let room;
    const enter = async (next) => {
      room = next;
      client.emit('join', { username: 'Alex', room });
      await client.event('message-history');
    };
    return {
      enter,
      async say(text) {
        client.emit('send-message', text);
        await client.event('new-message', (message) => message.text === text);
      },
      type: () => client.emit('typing'),
      drop: () => client.socket.io.engine.close(),
      async comeBack() {
        client = await SocketIoClient.open(test, server.url);
        await enter(room);
      },
    };
  },
};
