import type { OutgoingFile } from '@/features/files/tray';

/** A message on its way. It is stored until the server has acknowledged it. */
export interface OutboxItem {
  clientId: string;
  /** Only this person sends it, whoever signs in on the same browser. */
  userId: number;
  room: number;
  text: string;
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
