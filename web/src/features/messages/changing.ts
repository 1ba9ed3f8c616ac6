import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { MessageRow } from './rows';

/** A message that one is about to change, to react to, or to report. */
export interface Changing {
  readonly room: number;
  readonly seq: number;
  readonly text: string;
  readonly how: 'edit' | 'report' | 'react' | 'reactions' | 'remind' | 'forward';
}

/** Which message is being edited, or whatever needs a dialog: the list and the composer both begin it. */
export const useChanging = defineStore('changing', () => {
  const now = ref<Changing | null>(null);

  function begin(room: number, row: MessageRow, how: Changing['how']): void {
    if (row.seq !== null) {
      now.value = { room, seq: row.seq, text: row.text, how };
    }
  }

  function end(): void {
    now.value = null;
  }

  return { now, begin, end };
});

/** Whether one may give a message another text. An action such as "waves" stays what it was. */
export function mayEdit(row: MessageRow): boolean {
  return row.own && row.seq !== null && !row.deleted && row.messageKind === 'text';
}
