export { default as EmojiSwitch } from './EmojiSwitch.vue';
export { emojify } from './emojify';
export { searchEmoji } from './search';
export { useEmoji } from './store';
