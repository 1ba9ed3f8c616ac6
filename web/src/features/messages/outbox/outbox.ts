import { ownName } from '@/storage/own-name';
import type { UnconfirmedMessage } from '../rows';
import type { Change, OutboxItem } from './item';
import { refusalOf } from './outcome';
import type { OutboxPorts } from './ports';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** Whoever asks for a longer pause may have thought better of it before it is over. */
const LONGEST_PAUSE_MS = 60_000;

/** A change of which the log does not tell yet. */
export interface WaitingChange
  extends Change,
    Pick<UnconfirmedMessage, 'clientId' | 'text' | 'delivery' | 'problem'> {}

/** What a message answers, the thread in which it is said, and the files that go with it. */
export type Where = Pick<OutboxItem, 'replyTo' | 'thread' | 'also' | 'files'>;

interface Entry {
  item: OutboxItem;
  /** Whether storage has been told, so that a removal cannot be overtaken by the write. */
  settled: boolean;
  /** Whether storage has it: one that has vanished from there was sent by another tab. */
  saved: boolean;
  /** Acknowledged, but its event has not come yet. */
  ackedSeq: number | null;
  /** Whether it came from this page: what another one holds may be taken back there. */
  own: boolean;
}

/** Sends one person's messages and what they change in them: each once, in order per room, across reloads, lost connections and several tabs. */
export class Outbox {
  private entries: Entry[] = [];
  private readonly requested = new Set<number>();
  private readonly running = new Set<number>();
  /** Done with here, though a look into storage that began before may still tell of them. */
  private readonly done = new Set<string>();
  private stopped = false;

  constructor(
    private readonly userId: number,
    private readonly ports: OutboxPorts,
  ) {}

  /** Takes up what an earlier page or a closed tab left behind, and sends what waits in every room. */
  async restore(): Promise<void> {
    await this.synchronize();
    this.flush();
  }

  /** The messages of a room that are not in its log yet. */
  unconfirmed(room: number): UnconfirmedMessage[] {
    return this.entries
      .filter(({ item }) => item.room === room && item.change === undefined)
      .map(({ item, ackedSeq }) => ({
        clientId: item.clientId,
        text: item.text,
        files: item.files ?? [],
        replyTo: item.replyTo ?? null,
        thread: item.thread ?? null,
        also: item.also ?? false,
        at: item.at,
        delivery: ackedSeq === null ? item.state : 'sent',
        problem: item.problem,
      }));
  }

  /** The changes to the messages of a room that are not in its log yet, in their order. */
  changes(room: number): WaitingChange[] {
    return this.entries.flatMap(({ item, ackedSeq }) =>
      item.room === room && item.change !== undefined
        ? {
            ...item.change,
            clientId: item.clientId,
            text: item.text,
            delivery: ackedSeq === null ? item.state : 'sent',
            problem: item.problem,
          }
        : [],
    );
  }

  async enqueue(room: number, text: string, where: Where = {}): Promise<void> {
    await this.add({ room, text, ...where });
  }

  /**
   * Changes a message, in the place of what was to become of it and is not sent yet. For `heldMs` it can be taken back with `remove`, and
   * then all is as it was before. Answers by which id.
   */
  change(room: number, change: Change, text: string, heldMs = 0): string {
    if (heldMs === 0) {
      this.removeChanges(room, change.target);
    }
    const held = heldMs === 0 ? {} : { heldUntil: this.ports.now() + heldMs };
    const clientId = this.ports.newClientId();
    void this.add({ room, text, change, ...held }, clientId);
    return clientId;
  }

  /** Holds for so long from now what is held. */
  hold(clientIds: ReadonlySet<string>, heldMs: number): void {
    for (const entry of this.entries) {
      if (clientIds.has(entry.item.clientId) && this.isHeld(entry.item)) {
        entry.item = { ...entry.item, heldUntil: this.ports.now() + heldMs };
        this.awaken(entry.item);
        void this.save(entry);
      }
    }
  }

  /**
   * Sends now what this page holds: it goes, and there may be no other. What is not acknowledged is sent again by the next one. Resolves
   * when all is answered.
   */
  async sendHeld(): Promise<void> {
    const held = this.entries.filter(({ item, own }) => own && this.isHeld(item));
    await Promise.all(
      held.map(async (entry) => {
        delete entry.item.heldUntil;
        if (this.canSend()) {
          await this.attempt(entry);
        }
        this.flushRoom(entry.item.room);
      }),
    );
  }

  /** What was to become of a message and is not acknowledged is done with. */
  private removeChanges(room: number, target: number): void {
    for (const { item, ackedSeq } of this.entries) {
      if (item.room === room && item.change?.target === target && ackedSeq === null) {
        void this.remove(item.clientId);
      }
    }
  }

  private async add(
    wanted: Pick<OutboxItem, 'room' | 'text' | 'change' | 'heldUntil'> & Where,
    clientId = this.ports.newClientId(),
  ): Promise<void> {
    const at = this.ports.now();
    const item: OutboxItem = {
      clientId,
      userId: this.userId,
      ...wanted,
      at,
      order: this.nextOrder(at),
      state: 'pending',
      problem: null,
    };
    const entry: Entry = { item, settled: false, saved: false, ackedSeq: null, own: true };
    this.entries.push(entry);
    this.ports.changed(item.room);
    this.awaken(item);
    await this.save(entry);
    this.flushRoom(item.room);
  }

  /** Puts a failed message to the end of the queue. */
  async retry(clientId: string): Promise<void> {
    const entry = this.find(clientId);
    if (entry?.item.state !== 'failed') {
      return;
    }
    const at = this.ports.now();
    entry.item = { ...entry.item, at, order: this.nextOrder(at), state: 'pending', problem: null };
    this.sort();
    this.ports.changed(entry.item.room);
    await this.save(entry);
    this.flushRoom(entry.item.room);
  }

  async remove(clientId: string): Promise<void> {
    const entry = this.find(clientId);
    if (entry === undefined) {
      return;
    }
    this.entries = this.entries.filter((other) => other !== entry);
    this.done.add(clientId);
    this.ports.changed(entry.item.room);
    await this.erase(clientId);
  }

  /** The log of a room now reaches to `seq`: what was acknowledged up to there is in it. */
  async caughtUp(room: number, seq: number, isInLog: (clientId: string) => boolean): Promise<void> {
    const arrived = this.entries.filter(
      ({ item, ackedSeq }) =>
        item.room === room && (isInLog(item.clientId) || (ackedSeq !== null && ackedSeq <= seq)),
    );
    if (arrived.length === 0) {
      return;
    }
    this.entries = this.entries.filter((entry) => !arrived.includes(entry));
    for (const { item } of arrived) {
      this.done.add(item.clientId);
    }
    this.ports.changed(room);
    for (const { item, ackedSeq } of arrived) {
      if (ackedSeq === null) {
        await this.erase(item.clientId);
      }
    }
  }

  private flush(): void {
    for (const room of new Set(this.entries.map(({ item }) => item.room))) {
      this.flushRoom(room);
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private flushRoom(room: number): void {
    this.requested.add(room);
    if (!this.running.has(room)) {
      this.running.add(room);
      void this.runRoom(room);
    }
  }

  private async runRoom(room: number): Promise<void> {
    try {
      while (this.requested.delete(room) && this.canSend()) {
        await this.ports.exclusively(ownName(`chinwag-outbox-${this.userId}-${room}`), () =>
          this.drain(room),
        );
      }
    } finally {
      this.running.delete(room);
    }
  }

  private async drain(room: number): Promise<void> {
    await this.synchronize();
    let pause = FIRST_RETRY_MS;
    for (
      let entry = this.next(room);
      entry !== undefined && this.canSend();
      entry = this.next(room)
    ) {
      const outcome = await this.attempt(entry);
      if (outcome === 'sent') {
        pause = FIRST_RETRY_MS;
      } else if (outcome === 'wait-for-connection') {
        return;
      } else if (outcome !== 'settled') {
        await this.ports.wait(Math.min(outcome.afterMs ?? pause, LONGEST_PAUSE_MS));
        pause = Math.min(pause * 2, LONGEST_RETRY_MS);
      }
    }
  }

  private async attempt(
    entry: Entry,
  ): Promise<'sent' | 'settled' | 'wait-for-connection' | { afterMs: number | null }> {
    const { clientId, room, change } = entry.item;
    try {
      entry.ackedSeq = await this.ports.send(entry.item);
      if (change?.kind === 'delete') {
        this.removeChanges(room, change.target);
      }
      this.ports.changed(room);
      await this.erase(clientId);
      return 'sent';
    } catch (error) {
      const refusal = refusalOf(error);
      switch (refusal.kind) {
        case 'wait-for-connection':
          return 'wait-for-connection';
        case 'retry':
          return { afterMs: refusal.afterMs };
        case 'return-text':
          // The new text of a message belongs to it, and not into a new one.
          await (entry.item.change === undefined
            ? this.giveBack(entry, refusal.message)
            : this.fail(entry, refusal.message));
          return 'settled';
        case 'failed':
          await this.fail(entry, refusal.message);
          return 'settled';
      }
    }
  }

  private async giveBack({ item }: Entry, message: string): Promise<void> {
    await this.remove(item.clientId);
    this.ports.textReturned(item, message);
  }

  private async fail(entry: Entry, problem: string): Promise<void> {
    entry.item = { ...entry.item, state: 'failed', problem };
    this.ports.changed(entry.item.room);
    if (entry.item.change !== undefined) {
      this.ports.changeRefused(problem);
    }
    await this.save(entry);
  }

  /** Learns what other tabs have added, and what they have sent meanwhile. */
  private async synchronize(): Promise<void> {
    const stored = await this.ports.storage.load(this.userId).catch(() => null);
    if (stored === null) {
      return;
    }
    const before = this.entries.map(({ item }) => item.room);
    const byId = new Map(stored.map((item) => [item.clientId, item]));
    this.entries = this.entries.filter(
      ({ item, saved, ackedSeq }) => !saved || ackedSeq !== null || byId.has(item.clientId),
    );
    for (const item of stored.filter(({ clientId }) => !this.done.has(clientId))) {
      const known = this.find(item.clientId);
      if (known === undefined) {
        this.entries.push({ item, settled: true, saved: true, ackedSeq: null, own: false });
        this.awaken(item);
      } else if (known.settled && known.ackedSeq === null) {
        known.item = item;
      }
    }
    for (const clientId of this.done) {
      if (!byId.has(clientId)) {
        this.done.delete(clientId);
      }
    }
    this.sort();
    for (const room of new Set([...before, ...stored.map((item) => item.room)])) {
      this.ports.changed(room);
    }
  }

  private next(room: number): Entry | undefined {
    return this.entries.find(
      ({ item, settled, ackedSeq }) =>
        item.room === room &&
        item.state === 'pending' &&
        settled &&
        ackedSeq === null &&
        !this.isHeld(item),
    );
  }

  private isHeld({ heldUntil = 0 }: OutboxItem): boolean {
    return heldUntil > this.ports.now();
  }

  /** Sends a held item when its time has come. */
  private awaken(item: OutboxItem): void {
    if (this.isHeld(item)) {
      const ms = (item.heldUntil ?? 0) - this.ports.now();
      void this.ports.wait(ms).then(() => this.flushRoom(item.room));
    }
  }

  private canSend(): boolean {
    return !this.stopped && this.ports.isLive();
  }

  private find(clientId: string): Entry | undefined {
    return this.entries.find(({ item }) => item.clientId === clientId);
  }

  private nextOrder(at: number): number {
    return Math.max(at, (this.entries.at(-1)?.item.order ?? 0) + 1);
  }

  private sort(): void {
    this.entries.sort((left, right) => left.item.order - right.item.order);
  }

  /** A browser that refuses to store (no space left) costs the reload, not the message. */
  private async save(entry: Entry): Promise<void> {
    entry.settled = false;
    entry.saved = await this.ports.storage.put(entry.item).then(
      () => true,
      () => false,
    );
    entry.settled = true;
  }

  private async erase(clientId: string): Promise<void> {
    await this.ports.storage.remove(clientId).catch(() => undefined);
  }
}
