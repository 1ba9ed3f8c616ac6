export { default as EmojiSwitch } from './EmojiSwitch.vue';
export { useEmoji } from './store';
