export { useMembers } from './store';
