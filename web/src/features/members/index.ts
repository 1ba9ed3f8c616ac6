export { registerMemberEvents } from './events';
export { default as MemberPanel } from './MemberPanel.vue';
export { useMembers } from './store';
