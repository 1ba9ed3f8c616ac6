export { default as AccountMenu } from './AccountMenu.vue';
export { useSession } from './store';
