export { default as PresenceDot } from './PresenceDot.vue';
export { reportActivity } from './report';
