export { default as HoursSwitch } from './HoursSwitch.vue';
