export { registerRoomEvents } from './events';
export { default as JoinPrompt } from './JoinPrompt.vue';
export { readLastRoom } from './known-rooms';
export { addressOf } from './label';
export { default as RoomHeader } from './RoomHeader.vue';
export { default as RoomList } from './RoomList.vue';
export { FIRST_PAGE, useRooms } from './store';
