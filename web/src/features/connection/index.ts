export { default as ConnectionBanner } from './ConnectionBanner.vue';
export { type Connection, useConnection } from './store';
export { wakeWithThePage } from './wake';
