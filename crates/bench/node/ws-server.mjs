// A chat server of the usual kind on ws: one JSON.stringify per message, one send per member.

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const rooms = new Map();
let users = 0;

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });

server.on('connection', (socket) => {
  const user = { userId: ++users, name: `guest${users}` };
  const joined = new Set();

  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString());
    if (frame.type === 'join') {
      const room = rooms.get(frame.room) ?? { seq: 0, members: new Set() };
      rooms.set(frame.room, room);
      room.members.add(socket);
      joined.add(room);
      socket.send(JSON.stringify({ type: 'joined', room: frame.room }));
    } else if (frame.type === 'send') {
      const room = rooms.get(frame.room);
      const { clientId, text } = frame;
      const message = {
        type: 'message',
        room: frame.room,
        seq: ++room.seq,
        ...user,
        text,
        at: Date.now(),
        clientId,
      };
      const json = JSON.stringify(message);
      for (const member of room.members) member.send(json);
    }
  });

  socket.on('close', () => {
    for (const room of joined) room.members.delete(socket);
  });
  socket.on('error', () => socket.terminate());
});

http.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`ws is at http://127.0.0.1:${http.address().port}`);
});
