import type { ClientFrame, ServerFrame } from './generated/protocol';

export type ServerFrameType = ServerFrame['type'];
export type ServerFrameOf<T extends ServerFrameType> = Extract<ServerFrame, { type: T }>;

/** Which reply answers which frame, as the protocol has it. */
interface Replies {
  join: 'joined';
  leave: 'left';
  send: 'ack';
  say: 'ack' | 'said';
  history: 'history';
  members: 'members';
  rooms: 'rooms';
  createRoom: 'room';
  updateRoom: 'room';
  deleteRoom: 'ok';
  rename: 'renamed';
  read: 'ok';
  findRoom: 'room';
  typing: 'ok';
  presence: 'ok';
  ping: 'ok';
}

/** A frame that a feature may send; `hello` and every `ref` belong to the transport. */
export type RequestFrame = WithoutRef<Exclude<ClientFrame, { type: 'hello' }>>;
export type ReplyTo<F extends RequestFrame> = ServerFrameOf<Replies[F['type']]>;

type WithoutRef<F> = F extends unknown ? Omit<F, 'ref'> : never;
