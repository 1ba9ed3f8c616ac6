// A chat server of the usual kind on Socket.IO: io.to(room).emit(...).

import { createServer } from 'node:http';
import { Server } from 'socket.io';

const seqs = new Map();
let users = 0;

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });

io.on('connection', (socket) => {
  const user = { userId: ++users, name: `guest${users}` };

  socket.on('join', (room) => {
    socket.join(room);
    socket.emit('joined', room);
  });

  socket.on('send', ({ room, clientId, text }) => {
    const seq = (seqs.get(room) ?? 0) + 1;
    seqs.set(room, seq);
    io.to(room).emit('message', {
      type: 'message',
      room,
      seq,
      ...user,
      text,
      at: Date.now(),
      clientId,
    });
  });
});

http.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`Socket.IO is at http://127.0.0.1:${http.address().port}`);
});
