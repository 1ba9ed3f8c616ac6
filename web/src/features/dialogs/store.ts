import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AccountChoice, PaneChoice } from '@/features/session/account-choices';

/** What opens above the whole page, from wherever one is: a button, a key, a command. */
export type DialogName =
  | 'switcher'
  | 'shortcuts'
  | 'publicRoom'
  | 'conversation'
  | 'browse'
  | 'moveRoom'
  | 'folder'
  | Exclude<AccountChoice, PaneChoice>;

/** Which of them is open; one at a time. */
export const useDialogs = defineStore('dialogs', () => ({
  shown: shallowRef<DialogName | null>(null),
}));
