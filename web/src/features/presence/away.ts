import { type Ref, ref } from 'vue';

/** Whether the person at this page has not stirred for some minutes. */
export const away: Ref<boolean> = ref(false);
