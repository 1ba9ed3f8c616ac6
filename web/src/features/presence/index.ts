export { default as PresenceDot } from './PresenceDot.vue';
export { reportActivity } from './report';
export { useAttention } from './use-attention';
