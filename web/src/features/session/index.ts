export { default as AccountMenu } from './AccountMenu.vue';
export { default as SignInView } from './SignInView.vue';
export { useSession } from './store';
