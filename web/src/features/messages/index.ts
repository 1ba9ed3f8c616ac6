export { default as ConversationView } from './ConversationView.vue';
export { registerMessageEvents } from './events';
export { useMessages } from './store';
export { trimmedText } from './trimmed-text';
