export { useRooms } from './store';
