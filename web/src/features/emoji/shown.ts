import { shallowRef, type VNode } from 'vue';

/** What shows an emoji of the server by its name. There are only names until somebody knows pictures, and where there is none of a name. */
export const emojiShown = shallowRef<(name: string) => VNode | undefined>();
