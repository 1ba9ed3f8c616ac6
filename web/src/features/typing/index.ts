export { registerTypingEvents } from './events';
export { default as TypingLine } from './TypingLine.vue';
