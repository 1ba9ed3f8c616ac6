// Generated from crates/wire by `cargo xtask generate`. Do not edit.

export type Ref = number | string;

export type ErrorCode = "bad_frame" | "unknown_type" | "unauthorized" | "already_signed_in" | "name_invalid" | "name_taken" | "room_not_found" | "room_invalid" | "room_exists" | "room_limit" | "not_member" | "forbidden" | "message_empty" | "message_too_long" | "client_id_invalid" | "client_id_reused" | "rate_limited" | "busy" | "unavailable" | "internal";

export type PresenceState = "online" | "away" | "offline";

export type User = { userId: number, name: string, guest: boolean, };

export type Via = "simple" | "socketio";

export type Member = { userId: number, name: string, state: PresenceState, guest: boolean,
/**
 * The protocol by which the person is connected, when it is not this one.
 */
via?: Via, };

export type Typist = { userId: number, name: string, };

export type RoomSummary = { room: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number, member: boolean, mine: boolean, online: number, };

export type DirectoryRoom = { room: string, title: string, topic: string, };

export type Limits = { messageLength: number, historyPage: number, roomsPerPerson: number, };

export type LogEvent = { "type": "message", room: string, seq: number, userId: number, name: string, text: string, at: number, clientId: string, } | { "type": "memberJoined", room: string, seq: number, userId: number, name: string, at: number, } | { "type": "memberLeft", room: string, seq: number, userId: number, name: string, at: number, } | { "type": "memberRenamed", room: string, seq: number, userId: number, name: string, oldName: string, at: number, } | { "type": "roomCreated", room: string, seq: number, userId: number, name: string, title: string, topic: string, at: number, } | { "type": "roomUpdated", room: string, seq: number, userId: number, name: string, title: string, topic: string, at: number, } | { "type": "roomDeleted", room: string, seq: number, userId: number, name: string, at: number, };

export type RoomSnapshot = { room: string, title: string, topic: string, headSeq: number, readSeq: number, hasBefore: boolean, messages: Array<LogEvent>, events: Array<LogEvent>, members: Array<Member>, memberCount: number, online: number, };

export type ProtocolError = { code: ErrorCode,
/**
 * A sentence for people.
 */
message: string,
/**
 * Whether the same frame can succeed later as it is.
 */
retryable: boolean,
/**
 * Milliseconds to wait, when the server knows.
 */
retryAfterMs?: number, };

export type Effect = { "effect": "notice", notice: string, } | { "effect": "renamed", user: User, } | { "effect": "enter", room: string, } | { "effect": "exit", room: string, } | { "effect": "signedOut" };

export type Hello = { ref?: Ref, token: string,
/**
 * The last `seq` seen of each room that the client follows.
 */
rooms?: { [key in string]: number }, };

export type Join = { ref?: Ref, room: string, limit?: number, };

export type Leave = { ref?: Ref, room: string, };

export type Send = { ref?: Ref, room: string, clientId: string, text: string, };

export type Say = { ref?: Ref, room: string, clientId: string, text: string, };

export type History = { ref?: Ref, room: string, before?: number, around?: number, after?: number, limit?: number, };

export type Members = { ref?: Ref, room: string, after?: string, limit?: number, };

export type Rooms = { ref?: Ref, };

export type CreateRoom = { ref?: Ref, room: string, title: string, topic?: string, };

export type UpdateRoom = { ref?: Ref, room: string, title?: string, topic?: string, };

export type DeleteRoom = { ref?: Ref, room: string, };

export type Rename = { ref?: Ref, name: string, };

export type Read = { ref?: Ref, room: string, seq: number, };

export type Typing = { ref?: Ref, room: string, };

export type Presence = { ref?: Ref, state: PresenceState, };

export type Ping = { ref?: Ref, };

export type ClientFrame = { "type": "hello" } & Hello | { "type": "join" } & Join | { "type": "leave" } & Leave | { "type": "send" } & Send | { "type": "say" } & Say | { "type": "history" } & History | { "type": "members" } & Members | { "type": "rooms" } & Rooms | { "type": "createRoom" } & CreateRoom | { "type": "updateRoom" } & UpdateRoom | { "type": "deleteRoom" } & DeleteRoom | { "type": "rename" } & Rename | { "type": "read" } & Read | { "type": "typing" } & Typing | { "type": "presence" } & Presence | { "type": "ping" } & Ping;

export type ServerFrame = { "type": "welcome", ref?: Ref, user: User, rooms: Array<RoomSummary>, limits: Limits, serverTime: number, } | { "type": "joined", ref?: Ref, room: string, title: string, topic: string, headSeq: number, readSeq: number, hasBefore: boolean, messages: Array<LogEvent>, events: Array<LogEvent>, members: Array<Member>, memberCount: number, online: number, } | { "type": "left", ref?: Ref, room: string, } | { "type": "ack", ref?: Ref, room: string, seq: number, at: number, } | { "type": "history", ref?: Ref, room: string, messages: Array<LogEvent>, events: Array<LogEvent>, hasBefore: boolean, hasAfter: boolean, } | { "type": "members", ref?: Ref, room: string, members: Array<Member>, next?: string, } | { "type": "rooms", ref?: Ref, rooms: Array<RoomSummary>, } | { "type": "room", ref?: Ref, room: RoomSummary, } | { "type": "renamed", ref?: Ref, user: User, } | { "type": "said", ref?: Ref, } & ({ "effect": "notice", notice: string, } | { "effect": "renamed", user: User, } | { "effect": "enter", room: string, } | { "effect": "exit", room: string, } | { "effect": "signedOut" }) | { "type": "ok", ref?: Ref, } | { "type": "error", ref?: Ref, code: ErrorCode,
/**
 * A sentence for people.
 */
message: string,
/**
 * Whether the same frame can succeed later as it is.
 */
retryable: boolean,
/**
 * Milliseconds to wait, when the server knows.
 */
retryAfterMs?: number, } | { "type": "resumed", room: string, headSeq: number, } | { "type": "reset", room: string, title: string, topic: string, headSeq: number, readSeq: number, hasBefore: boolean, messages: Array<LogEvent>, events: Array<LogEvent>, members: Array<Member>, memberCount: number, online: number, } | { "type": "roomGone", room: string, } | { "type": "presence", room: string, online: number, changes: Array<Member>, truncated?: boolean, } | { "type": "typing", room: string, users: Array<Typist>, more: number, } | { "type": "readMark", room: string, seq: number, } | { "type": "membership", room: string, member: boolean, } | { "type": "directory", changed: Array<DirectoryRoom>, removed: Array<string>, } | { "type": "stale", } | LogEvent;

export type SignIn = { name: string, };

export type SignedIn = {
/**
 * The session's token, told this once.
 */
token: string, user: User, };

export type Session = { user: User, };

export type PresenceChange = Member;
