// Generated from crates/wire by `cargo xtask generate`. Do not edit.

export type AccountKind = "visitor" | "guest" | "member" | "bot";

export type AddMember = { ref?: Ref, room: number, userId: number, };

export type ClientFrame = { "type": "hello" } & Hello | { "type": "join" } & Join | { "type": "leave" } & Leave | { "type": "send" } & Send | { "type": "say" } & Say | { "type": "edit" } & Edit | { "type": "delete" } & Delete | { "type": "history" } & History | { "type": "members" } & Members | { "type": "rooms" } & Rooms | { "type": "createRoom" } & CreateRoom | { "type": "openDirect" } & OpenDirect | { "type": "addMember" } & AddMember | { "type": "removeMember" } & RemoveMember | { "type": "setRole" } & SetRole | { "type": "updateRoom" } & UpdateRoom | { "type": "deleteRoom" } & DeleteRoom | { "type": "rename" } & Rename | { "type": "read" } & Read | { "type": "findRoom" } & FindRoom | { "type": "typing" } & Typing | { "type": "presence" } & Presence | { "type": "ping" } & Ping;

export type CreateRoom = { ref?: Ref,
/**
 * `public` or `private`.
 */
kind: RoomKind, title: string,
/**
 * The address of a public room; without one it is made from the title.
 */
slug?: string, topic?: string,
/**
 * Whom its creator brings along.
 */
members?: Array<number>, };

export type Delete = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, clientId: string, };

export type DeleteRoom = { ref?: Ref, room: number, };

export type DirectoryRoom = { room: number, slug: string, title: string, topic: string, };

export type Edit = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, clientId: string, text: string, };

export type Effect = { "effect": "notice", notice: string, } | { "effect": "renamed", user: User, } | { "effect": "enter", slug: string, } | { "effect": "exit", room: number, } | { "effect": "signedOut" };

export type ErrorCode = "bad_frame" | "unknown_type" | "unauthorized" | "already_signed_in" | "name_invalid" | "name_taken" | "room_not_found" | "room_invalid" | "room_exists" | "room_limit" | "room_full" | "user_not_found" | "last_owner" | "guest_room_limit" | "not_member" | "forbidden" | "message_not_found" | "message_empty" | "message_invalid" | "message_too_long" | "client_id_invalid" | "client_id_reused" | "rate_limited" | "busy" | "unavailable" | "internal";

export type FindRoom = { ref?: Ref, slug: string, };

export type Hello = { ref?: Ref, token: string,
/**
 * The epoch in which `rooms` were seen, from the last `welcome`; without one it is the present one.
 */
epoch?: string,
/**
 * The last `seq` seen of each room that the client follows.
 */
rooms?: { [key in string]: number }, };

export type History = { ref?: Ref, room: number, before?: number, around?: number, after?: number, limit?: number, };

export type Join = { ref?: Ref,
/**
 * The room, or its address instead.
 */
room?: number, slug?: string, limit?: number, };

export type Labels = { slug?: string, title: string, topic: string, };

export type Leave = { ref?: Ref, room: number, };

export type Limits = { messageLength: number, historyPage: number, roomsPerPerson: number, };

export type LogEvent = (MessageBody | MemberBody | RoomBody) & { room: number, seq: number, at: number,
/**
 * Who did it.
 */
userId: number, name: string, };

export type Member = { userId: number, name: string, state: PresenceState, kind: AccountKind,
/**
 * The protocol by which the person is connected, when it is not this one.
 */
via?: string,
/**
 * What a member is in the room who is more than that; in changes of presence it is not told.
 */
role?: RoomRole, };

export type MemberBody = { "type": "memberJoined", } | { "type": "memberAdded", subject: Person, } | { "type": "memberLeft", } | { "type": "memberRemoved", subject: Person, } | { "type": "roleChanged", subject: Person, role: RoomRole, } | { "type": "memberRenamed", oldName: string, subject?: Person, };

export type Members = { ref?: Ref, room: number, after?: string, limit?: number, };

export type MessageBody = { "type": "message", kind: MessageKind,
/**
 * Empty once it is deleted.
 */
text: string, clientId: string,
/**
 * When its author gave it this text; none for the first one.
 */
edited?: number, deleted?: boolean,
/**
 * The `seq` of the last event that changed it: what the message says includes all up to there.
 */
changed?: number, } | { "type": "messageEdited", target: number, text: string, } | { "type": "messageDeleted", target: number, } | { "type": "messageChanged", target: number, text: string, edited?: number, deleted?: boolean, };

export type MessageKind = "text" | "action";

export type OpenDirect = { ref?: Ref, users: number[], };

export type Person = { userId: number, name: string, };

export type Ping = { ref?: Ref, };

export type Presence = { ref?: Ref, state: PresenceState, };

export type PresenceState = "online" | "away" | "offline";

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

export type Read = { ref?: Ref, room: number, seq: number, };

export type Ref = number | string;

export type RemoveMember = { ref?: Ref, room: number, userId: number, };

export type Rename = { ref?: Ref, name: string, };

export type RoomAddress = {
/**
 * Where the room is, if there is one.
 */
slug: string, };

export type RoomBody = { "type": "roomCreated" } & Labels | { "type": "roomUpdated" } & Labels | { "type": "roomDeleted", };

export type RoomKind = "public" | "private" | "direct" | "group";

export type RoomRole = "member" | "moderator" | "owner";

export type RoomSnapshot = { hasBefore: boolean, messages: Array<LogEvent>,
/**
 * The events beside the messages, all of them from `events_from` on.
 */
events: Array<LogEvent>, eventsFrom: number, members: Array<Member>, memberCount: number, room: number, kind: RoomKind,
/**
 * Where people find it, if it has an address.
 */
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>, };

export type RoomSummary = { room: number, kind: RoomKind,
/**
 * Where people find it, if it has an address.
 */
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>, };

export type Rooms = { ref?: Ref,
/**
 * A part of a title, a topic or an address.
 */
search?: string,
/**
 * The `next` of the page before.
 */
after?: string, limit?: number, };

export type Say = { ref?: Ref, room: number, clientId: string, text: string, };

export type Send = { ref?: Ref, room: number, clientId: string, text: string, };

export type ServerFrame = { "type": "welcome", ref?: Ref,
/**
 * Another one after a restore from a copy: what a client has of another epoch may not be so any more.
 */
epoch: string, user: User, rooms: Array<RoomSummary>, limits: Limits, serverTime: number, } | { "type": "joined", ref?: Ref, hasBefore: boolean, messages: Array<LogEvent>,
/**
 * The events beside the messages, all of them from `events_from` on.
 */
events: Array<LogEvent>, eventsFrom: number, members: Array<Member>, memberCount: number, room: number, kind: RoomKind,
/**
 * Where people find it, if it has an address.
 */
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>, } | { "type": "left", ref?: Ref, room: number, } | { "type": "ack", ref?: Ref, room: number, seq: number, at: number, } | { "type": "history", ref?: Ref, room: number, messages: Array<LogEvent>, events: Array<LogEvent>, eventsFrom: number, hasBefore: boolean, hasAfter: boolean, } | { "type": "members", ref?: Ref, room: number, members: Array<Member>, next?: string, } | { "type": "rooms", ref?: Ref, rooms: Array<RoomSummary>, next?: string, } | { "type": "room", ref?: Ref, room: RoomSummary, } | { "type": "renamed", ref?: Ref, user: User, } | { "type": "said", ref?: Ref, } & ({ "effect": "notice", notice: string, } | { "effect": "renamed", user: User, } | { "effect": "enter", slug: string, } | { "effect": "exit", room: number, } | { "effect": "signedOut" }) | { "type": "ok", ref?: Ref, } | { "type": "error", ref?: Ref, code: ErrorCode,
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
retryAfterMs?: number, } | { "type": "resumed", room: number, headSeq: number, } | { "type": "skipped", room: number, from: number, to: number, } | { "type": "reset", hasBefore: boolean, messages: Array<LogEvent>,
/**
 * The events beside the messages, all of them from `events_from` on.
 */
events: Array<LogEvent>, eventsFrom: number, members: Array<Member>, memberCount: number, room: number, kind: RoomKind,
/**
 * Where people find it, if it has an address.
 */
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>, } | { "type": "roomGone", room: number, } | { "type": "presence", room: number, online: number, changes: Array<Member>, truncated?: boolean, } | { "type": "typing", room: number, users: Array<Person>, more: number, } | { "type": "readMark", room: number, seq: number, } | { "type": "membership", room: number, member: boolean, summary?: RoomSummary, } | { "type": "userRenamed", user: User, } | { "type": "directory", changed: Array<DirectoryRoom>, removed: number[], } | { "type": "stale", } | LogEvent;

export type Session = { user: User, };

export type SetRole = { ref?: Ref, room: number, userId: number, role: RoomRole, };

export type SignIn = { name: string,
/**
 * Whether the client keeps cookies, and wants the name to be held for it after the sign-out.
 */
holdName: boolean, };

export type SignedIn = {
/**
 * The session's token, told this once.
 */
token: string, user: User, };

export type StaffRole = "moderator" | "admin" | "owner";

export type Typing = { ref?: Ref, room: number, };

export type UpdateRoom = { ref?: Ref, room: number, title?: string, topic?: string,
/**
 * Another address; the present one leads to the room until another room takes it.
 */
slug?: string, };

export type User = { userId: number, name: string, kind: AccountKind,
/**
 * What the person is on the whole server, beyond a member.
 */
role?: StaffRole, };

export type PresenceChange = Member;

export interface Replies {
  hello: "welcome";
  join: "joined";
  leave: "left";
  send: "ack";
  say: "ack" | "said";
  edit: "ack";
  delete: "ack";
  history: "history";
  members: "members";
  rooms: "rooms";
  createRoom: "room";
  openDirect: "room";
  addMember: "ok";
  removeMember: "ok";
  setRole: "ok";
  updateRoom: "room";
  deleteRoom: "ok";
  rename: "renamed";
  read: "ok";
  findRoom: "room";
  typing: "ok";
  presence: "ok";
  ping: "ok";
}

export const LOG_EVENT_TYPES = ["message", "messageEdited", "messageDeleted", "messageChanged", "memberJoined", "memberAdded", "memberLeft", "memberRemoved", "roleChanged", "memberRenamed", "roomCreated", "roomUpdated", "roomDeleted"] as const;
