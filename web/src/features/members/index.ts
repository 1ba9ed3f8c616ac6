export { registerMemberEvents } from './events';
export { useMembers } from './store';
