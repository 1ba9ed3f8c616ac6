import type { Component } from 'vue';

export type Load<T extends Component = Component> = () => Promise<{ default: T }>;

const loads: (() => Promise<unknown>)[] = [];
let begun = false;

/** Notes what comes in a file of its own. What is in such a file itself has its time already. */
export function loadLater(load: () => Promise<unknown>): void {
  loads.push(load);
  if (begun) {
    loadLateParts();
  }
}

/** Loads all of it once there is time, since there may be no line when it is wanted. */
export function loadLateParts(): void {
  begun = true;
  for (const load of loads.splice(0)) {
    load().catch(() => loads.push(load));
  }
}
