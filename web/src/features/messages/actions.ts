/** What can be done with messages: nobody does it in the first moment. */
export { useMessageKeys } from './message-keys';
export { useMessageMenu } from './message-menu';
