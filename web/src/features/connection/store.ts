import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { inNextTask } from '@/api/next-task';
import { findObstacle, type Obstacle } from '@/api/obstacle';
import { type ConnectionState, Socket } from '@/api/socket';

/** The one connection to the server, for the features: its state, requests, and the server's frames. */
export const useConnection = defineStore('connection', () => {
  const url = webSocketUrl(document.baseURI);
  const socket = new Socket({ url, findObstacle, gather: inNextTask });
  const state = shallowRef<ConnectionState>(socket.state);
  const replaying = ref(false);
  const obstacle = ref<Obstacle>();
  /** Whether an attempt has failed since there was a connection: what is not here does not come in a moment. */
  const lost = ref(false);

  socket.onState((next) => {
    state.value = next;
    replaying.value = socket.replaying;
    obstacle.value = socket.obstacle;
    lost.value = next.name === 'waiting' || (next.name === 'connecting' && lost.value);
  });

  return {
    state,
    replaying,
    obstacle,
    lost,
    start: socket.start.bind(socket),
    stop: socket.stop.bind(socket),
    wake: socket.wake.bind(socket),
    probe: socket.probe.bind(socket),
    request: socket.request.bind(socket),
    notify: socket.notify.bind(socket),
    on: socket.on.bind(socket),
  };
});

export type Connection = ReturnType<typeof useConnection>;

/** Not every browser makes it absolute by itself. */
function webSocketUrl(base: string): string {
  return new URL('ws', base).href.replace(/^http/, 'ws');
}
