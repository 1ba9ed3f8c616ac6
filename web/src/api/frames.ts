import type { ClientFrame, Replies, ServerFrame } from './generated/protocol';

export type ServerFrameType = ServerFrame['type'];
export type ServerFrameOf<T extends ServerFrameType> = Extract<ServerFrame, { type: T }>;

/** A frame that a feature may send; `hello` and every `ref` belong to the transport. */
export type RequestFrame = WithoutRef<Exclude<ClientFrame, { type: 'hello' }>>;
export type ReplyTo<F extends RequestFrame> = ServerFrameOf<Replies[F['type']]>;

type WithoutRef<F> = F extends unknown ? Omit<F, 'ref'> : never;
