export { type Connection, useConnection } from './store';
export { wakeWithThePage } from './wake';
