import type { Component } from 'vue';

export type Load<T extends Component = Component> = () => Promise<{ default: T }>;

const loads: (() => Promise<unknown>)[] = [];

/** Notes what comes in a file of its own. */
export function loadLater(load: () => Promise<unknown>): void {
  loads.push(load);
}

/** Loads all of it once there is time, since there may be no line when it is wanted. */
export function loadLateParts(): void {
  for (const load of loads.splice(0)) {
    load().catch(() => loads.push(load));
  }
}
