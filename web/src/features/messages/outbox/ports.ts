import type { OutboxItem, OutboxStorage } from './item';

/** What the outbox needs of the world around it. */
export interface OutboxPorts {
  storage: OutboxStorage;
  /** Resolves with the `seq` of the acknowledged message. */
  send(item: OutboxItem): Promise<number>;
  isLive(): boolean;
  now(): number;
  newClientId(): string;
  wait(ms: number): Promise<void>;
  /** Runs the work while no other tab does work of the same name. */
  exclusively(name: string, work: () => Promise<void>): Promise<void>;
  /** The messages of a room are to be shown anew. */
  changed(room: number): void;
  /** Perhaps far from where one looks. */
  changeRefused(message: string): void;
  /** The server does not take this text: it goes back to its author. */
  textReturned(item: OutboxItem, message: string): void;
}
