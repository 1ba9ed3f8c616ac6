export { registerRoomEvents } from './events';
export { readLastRoom } from './known-rooms';
export { addressOf } from './label';
export { JoinPrompt, NoRoom } from './late';
export { default as RoomHeader } from './RoomHeader.vue';
export { default as RoomList } from './RoomList.vue';
export { FIRST_PAGE, useRooms } from './store';
