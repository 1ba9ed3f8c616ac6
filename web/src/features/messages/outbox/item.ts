import type { OutgoingFile } from '@/features/files/tray';

/** What is done to a message that the server has: its text is another one, or it goes. */
export interface Change {
  kind: 'edit' | 'delete';
  /** The `seq` of the message. */
  target: number;
}

/** A message on its way, or a change to one. It is stored until the server has acknowledged it. */
export interface OutboxItem {
  clientId: string;
  /** Only this person sends it, whoever signs in on the same browser. */
  userId: number;
  room: number;
  /** The new one, where it is an edit; empty where it deletes. */
  text: string;
  change?: Change;
  /** Until then it may be taken back and is not sent, in milliseconds since 1970. */
  heldUntil?: number;
  /** The `seq` of the message that it answers. */
  replyTo?: number;
  /** The `seq` of the message under which it is said, and whether the room is told as well. */
  thread?: number;
  also?: boolean;
  /** The files that it waits for. */
  files?: readonly OutgoingFile[];
  at: number;
  /** Items of a room go out in this order. */
  order: number;
  state: 'pending' | 'failed';
  problem: string | null;
}

export interface OutboxStorage {
  /** The person's items in their order. */
  load(userId: number): Promise<OutboxItem[]>;
  put(item: OutboxItem): Promise<void>;
  remove(clientId: string): Promise<void>;
  /** Erases what everybody else has left, and with `null` everything. */
  keepOnly(userId: number | null): Promise<void>;
}
