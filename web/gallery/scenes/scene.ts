import type { Component } from 'vue';

/** A view of the client as it is with what its stores know at some moment. */
export interface Scene {
  /** Which state it is, in a word. */
  state: string;
  view: Component;
  props?: Record<string, unknown>;
  /** Tells the stores of this scene alone. */
  prepare?: () => void;
}

export interface Scenes {
  name: string;
  scenes: readonly Scene[];
}
