export { default as MessageComposer } from './MessageComposer.vue';
