import { computed, type Ref, shallowRef } from 'vue';

export interface ToastContent {
  text: string;
  tone?: 'plain' | 'danger';
  /** One thing that can be done about it; the toast goes with it. */
  action?: { label: string; run: () => void };
  /** Until somebody takes it away. */
  lasts?: true;
}

export interface Toast extends ToastContent {
  id: number;
}

/** More wait until one of these has gone. */
const MOST_SHOWN = 3;
/** Long enough to read a sentence, and longer where something can be done. */
const SHOWN_MS = 5_000;
const SHOWN_WITH_ACTION_MS = 10_000;

/** Short notices that come and go by themselves, a few at a time, in their order. */
export class ToastQueue {
  readonly shown: Readonly<Ref<readonly Toast[]>>;
  private readonly all = shallowRef<readonly Toast[]>([]);
  private readonly timers = new Map<number, number>();
  private held = false;
  private lastId = 0;

  constructor() {
    this.shown = computed(() => this.all.value.slice(0, MOST_SHOWN));
  }

  /** Answers by which id it can be taken away sooner. */
  show(content: ToastContent): number {
    this.lastId += 1;
    this.all.value = [...this.all.value, { id: this.lastId, ...content }];
    this.startTimers();
    return this.lastId;
  }

  dismiss(id: number): void {
    this.stopTimer(id);
    this.all.value = this.all.value.filter((toast) => toast.id !== id);
    this.startTimers();
  }

  /** Takes away, for somebody else who looks, all but those that stay until they are taken away. */
  clear(): void {
    for (const id of [...this.timers.keys()]) {
      this.stopTimer(id);
    }
    this.all.value = this.all.value.filter(({ lasts }) => lasts);
  }

  /** Somebody reads them or is about to press something: none goes. */
  hold(): void {
    this.held = true;
    for (const id of [...this.timers.keys()]) {
      this.stopTimer(id);
    }
  }

  /** Each has its whole time again. */
  release(): void {
    this.held = false;
    this.startTimers();
  }

  private startTimers(): void {
    if (this.held) {
      return;
    }
    for (const { id, action, lasts } of this.shown.value) {
      if (!lasts && !this.timers.has(id)) {
        const ms = action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS;
        this.timers.set(
          id,
          window.setTimeout(() => this.dismiss(id), ms),
        );
      }
    }
  }

  private stopTimer(id: number): void {
    window.clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }
}
