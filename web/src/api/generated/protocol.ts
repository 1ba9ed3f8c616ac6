// Generated from crates/wire by `cargo xtask generate`. Do not edit.

export type AccessInfo = { access: AccessKind,
/**
 * Whether one may come in by a name alone.
 */
guests: boolean,
/**
 * Characters of a password at least.
 */
passwordLength: number,
/**
 * Where else one may sign in.
 */
providers: Array<ProviderInfo>,
/**
 * Whether passwords are taken here.
 */
passwords: boolean,
/**
 * Whether the server sends mail: to whoever lost the password, and invitations.
 */
mail: boolean,
/**
 * What the picture of the server is called, at `/files/avatars/{name}`, if it has one.
 */
avatar?: string, };

export type AccessKind = "open" | "invite-only" | "closed";

export type AccountKind = "visitor" | "guest" | "member" | "bot";

export type Activity = { id: number, kind: ActivityKind,
/**
 * With what somebody reacted.
 */
emoji?: string, by: Person,
/**
 * When, in milliseconds since 1970-01-01 UTC.
 */
at: number,
/**
 * The message that did it, or to which somebody reacted, as it is now.
 */
message: LogEvent, };

export type ActivityKind = "mention" | "reply" | "thread" | "reaction";

export type ActivityPage = {
/**
 * The last first. What one may not read any more is left out, so a page may be shorter than was asked for.
 */
activity: Array<Activity>,
/**
 * Hand it in as `before` for the next page, when there may be one.
 */
next?: number, };

export type AddMember = { ref?: Ref, room: number, userId: number, };

export type Attachment = { id: string, name: string,
/**
 * What it is, by its content and not by its name.
 */
type: string, bytes: number,
/**
 * Pixels of a picture, which was encoded anew and may be shown.
 */
width?: number, height?: number,
/**
 * The colour of a picture's place until it is there.
 */
color?: string, };

export type AvatarChange = {
/**
 * The person; the server when it is not there.
 */
userId?: number,
/**
 * What the picture is called; none when there is none any more.
 */
avatar?: string, };

export type Avatars = {
/**
 * Those who have a picture.
 */
people: Array<PersonAvatar>,
/**
 * The rooms that have one.
 */
rooms: Array<RoomAvatar>,
/**
 * The picture of the server.
 */
server?: string, };

export type Ban = { user: Person,
/**
 * Who did it.
 */
by: Person, at: number,
/**
 * Up to when; for ever when it is not there.
 */
until?: number, reason?: string, };

export type BanMember = { ref?: Ref, room: number, userId: number,
/**
 * Up to when, in milliseconds since 1970; for ever when it is not there.
 */
until?: number,
/**
 * Why, for everybody in the room.
 */
reason?: string, };

export type Bans = { ref?: Ref, room: number, };

export type ChangePassword = {
/**
 * The present one, unless the account has none or somebody who runs the server has just let one in.
 */
current?: string, password: string, };

export type ClientFrame = { "type": "hello" } & Hello | { "type": "join" } & Join | { "type": "leave" } & Leave | { "type": "send" } & Send | { "type": "say" } & Say | { "type": "edit" } & Edit | { "type": "delete" } & Delete | { "type": "react" } & React | { "type": "unreact" } & Unreact | { "type": "pin" } & Pin | { "type": "unpin" } & Unpin | { "type": "history" } & History | { "type": "thread" } & Thread | { "type": "threads" } & Threads | { "type": "followThread" } & FollowThread | { "type": "unfollowThread" } & UnfollowThread | { "type": "readThread" } & ReadThread | { "type": "members" } & Members | { "type": "rooms" } & Rooms | { "type": "search" } & Search | { "type": "createRoom" } & CreateRoom | { "type": "openDirect" } & OpenDirect | { "type": "addMember" } & AddMember | { "type": "removeMember" } & RemoveMember | { "type": "banMember" } & BanMember | { "type": "unbanMember" } & UnbanMember | { "type": "bans" } & Bans | { "type": "muteMember" } & MuteMember | { "type": "unmuteMember" } & UnmuteMember | { "type": "report" } & Report | { "type": "setRole" } & SetRole | { "type": "updateRoom" } & UpdateRoom | { "type": "deleteRoom" } & DeleteRoom | { "type": "rename" } & Rename | { "type": "renew" } & Renew | { "type": "read" } & Read | { "type": "markUnread" } & MarkUnread | { "type": "draft" } & Draft | { "type": "findRoom" } & FindRoom | { "type": "typing" } & Typing | { "type": "presence" } & Presence | { "type": "ping" } & Ping;

export type CreateInvite = {
/**
 * For how many hours it is good: 168 (a week) unless said otherwise; at most 720, but for admins.
 */
hours?: number,
/**
 * How many may come by it: 25 unless said otherwise; more than 100 only for admins.
 */
uses?: number,
/**
 * The numbers of the rooms that whoever comes by it joins. One must be allowed to bring people there.
 */
rooms?: Array<number>,
/**
 * What whoever comes by it is on the server; only for admins, and below oneself.
 */
role?: StaffRole,
/**
 * To whom it is sent by mail, where the server does that.
 */
email?: string, };

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

export type CustomEmoji = {
/**
 * All of them, by their names.
 */
emoji: Array<EmojiPicture>, };

export type Delete = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, clientId: string, };

export type DeleteMe = {
/**
 * The present password, if the account has one.
 */
password?: string, messages?: MessagesLeft, };

export type DeleteRoom = { ref?: Ref, room: number, };

export type Density = "roomy" | "dense";

export type DeviceLink = {
/**
 * What [`SignIn::link`] takes. The page takes it behind the `#` of its address, as `#link=<code>`.
 */
code: string, expiresAt: number, };

export type DirectoryRoom = { room: number, slug: string, title: string, topic: string, };

export type Draft = { ref?: Ref, room: number,
/**
 * The `seq` of the message under which it is written, if it is a reply in a thread.
 */
thread?: number,
/**
 * Empty when nothing is left of it.
 */
text: string,
/**
 * The `seq` of the message that it is to answer.
 */
replyTo?: number, };

export type Drafts = {
/**
 * The last one first.
 */
drafts: Array<KeptDraft>, };

export type Edit = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, clientId: string, text: string, };

export type Effect = { "effect": "notice", notice: string, } | { "effect": "renamed", user: User, } | { "effect": "enter", slug: string, } | { "effect": "exit", room: number, } | { "effect": "signedOut" };

export type EmojiPeople = { emoji: string,
/**
 * Under their names at present, whoever was first at the beginning.
 */
people: Array<Person>, };

export type EmojiPicture = {
/**
 * What it is called, without the colons.
 */
name: string,
/**
 * What its picture is called; none when there is no such emoji any more.
 */
picture?: string, };

export type EnterKey = "send" | "break";

export type ErrorCode = "bad_frame" | "unknown_type" | "unauthorized" | "already_signed_in" | "name_invalid" | "name_taken" | "sign_in_failed" | "password_refused" | "email_invalid" | "status_invalid" | "mail_off" | "mail_failed" | "account_required" | "invite_invalid" | "accounts_closed" | "room_not_found" | "room_invalid" | "room_exists" | "room_limit" | "room_full" | "user_not_found" | "last_owner" | "guest_room_limit" | "not_member" | "forbidden" | "message_not_found" | "file_not_found" | "file_too_large" | "file_refused" | "upload_conflict" | "file_quota" | "too_many_files" | "read_only" | "slow_mode" | "archived" | "muted" | "banned" | "message_empty" | "message_invalid" | "message_too_long" | "emoji_invalid" | "emoji_name_invalid" | "emoji_not_found" | "emoji_limit" | "reaction_limit" | "pin_limit" | "saved_limit" | "schedule_limit" | "draft_limit" | "schedule_invalid" | "scheduled_not_found" | "settings_changed" | "group_invalid" | "group_not_found" | "group_limit" | "search_invalid" | "client_id_invalid" | "client_id_reused" | "rate_limited" | "busy" | "unavailable" | "internal";

export type FindRoom = { ref?: Ref, slug: string, };

export type FollowThread = { ref?: Ref, room: number,
/**
 * The `seq` of the message under which it hangs.
 */
root: number, };

export type FollowedThread = {
/**
 * The message under which it hangs; its `threadInfo` says what is said there.
 */
root: LogEvent,
/**
 * Replies up to here are read.
 */
readSeq: number,
/**
 * Others' replies behind that, counted up to 100.
 */
unread: number, };

export type Found = {
/**
 * The messages as they are now, the newest first.
 */
hits: Array<LogEvent>,
/**
 * Hand it in as `before` for the next page, when there may be one.
 */
next?: string,
/**
 * The time of the last message that was looked at, when the search took too long to fill the page.
 */
searchedTo?: number,
/**
 * Only messages from before this time are sure to be found, while newer ones are being brought into the index.
 */
indexedTo?: number, };

export type GroupPeople = {
/**
 * Who is in it, by their names.
 */
people: Array<Person>, };

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

export type HoursOfDay = "system" | "12" | "24";

export type Invite = { id: number,
/**
 * Told once, when it is made. The page takes it behind the `#` of its address, as `#invite=<token>`.
 */
token?: string,
/**
 * Who made it; nobody, if the operator did.
 */
by?: User, createdAt: number, expiresAt: number, uses: number,
/**
 * How many have come by it.
 */
used: number, rooms: Array<number>, role?: StaffRole, };

export type InviteInfo = {
/**
 * The name of who made it.
 */
by?: string,
/**
 * The titles of the rooms.
 */
rooms: Array<string>, role?: StaffRole, expiresAt: number, };

export type Invites = { invites: Array<Invite>, };

export type Join = { ref?: Ref,
/**
 * The room, or its address instead.
 */
room?: number, slug?: string, limit?: number, };

export type KeptDraft = { room: number,
/**
 * The `seq` of the message under which it is written.
 */
thread?: number,
/**
 * Empty when nothing is left of it.
 */
text: string,
/**
 * The `seq` of the message that it is to answer.
 */
replyTo?: number,
/**
 * When it was kept, in milliseconds since 1970-01-01 UTC. Of two of one place the later one counts.
 */
at: number, };

export type Labels = { slug?: string, title: string, topic: string, };

export type Language = "system" | "en" | "de";

export type Leave = { ref?: Ref, room: number, };

export type Limits = { messageLength: number, historyPage: number, roomsPerPerson: number,
/**
 * Of a file.
 */
fileBytes: number, filesPerMessage: number, };

export type LogEvent = (MessageBody | MemberBody | RoomBody) & { room: number, seq: number, at: number,
/**
 * Who did it.
 */
userId: number, name: string, };

export type LookSettings = { theme?: Theme, density?: Density, motion?: Motion, layout?: MessageLayout, enterKey?: EnterKey, emoji?: boolean, roomOrder?: RoomOrder, unreadFirst?: boolean, language?: Language, hours?: HoursOfDay, };

export type MarkUnread = { ref?: Ref, room: number, seq: number, };

export type Me = { user: User,
/**
 * The name to sign in with; a guest has none.
 */
login?: string, email?: string, status?: PersonStatus,
/**
 * Whether the account has a password.
 */
hasPassword: boolean,
/**
 * Whether the present password is asked for when it is changed: not for a while after one came by an admin's link.
 */
asksForPassword: boolean, };

export type Member = { userId: number, name: string, state: PresenceState, kind: AccountKind,
/**
 * The protocol by which the person is connected, when it is not this one.
 */
via?: string,
/**
 * What a member is in the room who is more than that; in changes of presence it is not told.
 */
role?: RoomRole, };

export type MemberBody = { "type": "memberJoined", } | { "type": "memberAdded", subject: Person, } | { "type": "memberLeft", } | { "type": "memberRemoved", subject: Person, reason?: string, } | { "type": "memberBanned", subject: Person,
/**
 * Up to when; for ever when it is not there.
 */
until?: number, reason?: string, } | { "type": "memberUnbanned", subject: Person, } | { "type": "memberMuted", subject: Person,
/**
 * Up to when; for ever when it is not there.
 */
until?: number, reason?: string, } | { "type": "memberUnmuted", subject: Person, } | { "type": "roleChanged", subject: Person, role: RoomRole, } | { "type": "memberRenamed", oldName: string, subject?: Person, };

export type Members = { ref?: Ref, room: number, after?: string, limit?: number, };

export type Mention = { userId: number, name: string, };

export type MessageBody = { "type": "message", kind: MessageKind,
/**
 * Empty once it is deleted.
 */
text: string, clientId: string,
/**
 * The `seq` of the message that it answers.
 */
replyTo?: number,
/**
 * The `seq` of the message under which it is said.
 */
thread?: number,
/**
 * Whether what is said in a thread is said in the room as well.
 */
also?: boolean,
/**
 * What is said under it; none while that is nothing.
 */
threadInfo?: ThreadInfo,
/**
 * Whom it mentions: those who stand in the text as `<@7>`, and are or were members of the room.
 */
mentions?: Array<Mention>,
/**
 * The files that came with it.
 */
attachments?: Array<Attachment>,
/**
 * When its author gave it this text; none for the first one.
 */
edited?: number, deleted?: boolean,
/**
 * The `seq` of the last event that changed it: what the message says includes all up to there.
 */
changed?: number,
/**
 * By emoji, the first one first.
 */
reactions?: Array<Reaction>, pinned?: boolean, } | { "type": "messageEdited", target: number, text: string,
/**
 * Whom it mentions now.
 */
mentions?: Array<Mention>, } | { "type": "messageDeleted", target: number,
/**
 * The `seq` of the message under which it was said.
 */
thread?: number, } | { "type": "reactionAdded", target: number, emoji: string, } | { "type": "reactionRemoved", target: number, emoji: string, } | { "type": "messagePinned", target: number, } | { "type": "messageUnpinned", target: number, } | { "type": "messageChanged", target: number, text: string,
/**
 * Whom it mentions now.
 */
mentions?: Array<Mention>,
/**
 * The files that came with it, and are there still.
 */
attachments?: Array<Attachment>, edited?: number, deleted?: boolean,
/**
 * The `seq` of the last of these changes: this one, or one that is told later.
 */
changed: number, reactions?: Array<Reaction>, pinned?: boolean,
/**
 * The `seq` of the message under which it is said.
 */
thread?: number,
/**
 * What is said under it.
 */
threadInfo?: ThreadInfo, };

export type MessageKind = "text" | "action";

export type MessageLayout = "bubbles" | "compact";

export type MessageReactions = {
/**
 * By emoji, the first one first.
 */
reactions: Array<EmojiPeople>, };

export type MessagesLeft = "keep" | "delete";

export type Motion = "system" | "reduced";

export type MuteMember = { ref?: Ref, room: number, userId: number,
/**
 * Up to when, in milliseconds since 1970; for ever when it is not there.
 */
until?: number,
/**
 * Why, for everybody in the room.
 */
reason?: string, };

export type NewAvatar = {
/**
 * What it is called.
 */
avatar: string, };

export type NewEmoji = {
/**
 * What its picture is called.
 */
picture: string, };

export type NotificationSettings = {
/**
 * Of what, in rooms where nothing else is said.
 */
level: NotifyLevel,
/**
 * Own words: a message with one of them counts like a mention.
 */
keywords: Array<string>, quiet?: QuietHours,
/**
 * Nothing is notified up to then, in milliseconds since 1970-01-01 UTC.
 */
pausedUntil?: number,
/**
 * Whether a window in the background shows notifications of the system, where the browser allows it.
 */
desktop: boolean, sound: boolean,
/**
 * Of 100.
 */
volume: number,
/**
 * Whether a push to a device says what was written, and not only by whom and where.
 */
showText: boolean, };

export type NotifyLevel = "all" | "mentions" | "nothing";

export type OpenDirect = { ref?: Ref, users: number[], };

export type OwnSettings = {
/**
 * The number of the last change; 0 when there was none.
 */
revision: number, settings: Settings,
/**
 * The rooms in which it is otherwise than everywhere.
 */
rooms: Array<RoomNotifications>, };

export type Person = { userId: number, name: string, };

export type PersonAvatar = {
/**
 * The person's number.
 */
userId: number,
/**
 * The picture.
 */
avatar: string, };

export type PersonStatus = {
/**
 * At most 100 characters.
 */
text: string,
/**
 * When it ends, in milliseconds since 1970-01-01 UTC.
 */
until?: number, };

export type Pin = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, };

export type Ping = { ref?: Ref, };

export type PinnedMessage = { message: LogEvent,
/**
 * Who pinned it.
 */
by: Person,
/**
 * When, in milliseconds since 1970-01-01 UTC.
 */
at: number, };

export type Presence = { ref?: Ref, state: PresenceState, };

export type PresenceState = "online" | "away" | "offline";

export type PrivacySettings = {
/**
 * Whether the others in rooms of at most 50 people see how far one has read.
 */
shareReads: boolean, };

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
retryAfterMs?: number,
/**
 * When what the person may not do at present may be done again, in milliseconds since 1970; not there for never.
 */
until?: number, };

export type ProviderInfo = {
/**
 * What people call it: the button says "Sign in with" this.
 */
title: string,
/**
 * Where a browser begins to sign in by it, below the address of this server; with `?invite=` for an invitation.
 */
start: string, };

export type ProviderPlace = {
/**
 * At the provider; good for 10 minutes, in the browser that asked.
 */
place: string, };

export type Purpose = "script";

export type PushKeys = { p256dh: string, auth: string, };

export type PushState = {
/**
 * The public key of this server, in URL-safe Base64.
 */
key: string,
/**
 * The address at which the device is pushed to, if it is.
 */
endpoint?: string,
/**
 * When a push service last took something for it, in milliseconds since 1970-01-01 UTC.
 */
pushedAt?: number,
/**
 * The status with which its push service refused the last one; 0 when it could not be reached.
 */
refused?: number, };

export type PushSubscription = {
/**
 * The address at the push service.
 */
endpoint: string, keys: PushKeys,
/**
 * The address of the client, which ends with a slash.
 */
page: string,
/**
 * The language of the browser, for a person who has chosen none: as it is written in HTML.
 */
language?: string, };

export type PushTest = {
/**
 * Whether the push service took it.
 */
taken: boolean, };

export type PutSettings = {
/**
 * The number of the change that these are to follow.
 */
revision: number, settings: Settings, };

export type QuietHours = {
/**
 * Minutes after midnight.
 */
from: number,
/**
 * Minutes after midnight.
 */
to: number,
/**
 * Where the clock hangs by which that is: the name of a time zone, such as `Europe/Berlin`.
 */
zone: string, };

export type React = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, emoji: string, };

export type Reaction = { emoji: string, count: number,
/**
 * The numbers of the first 20 of them; before all others whoever asked.
 */
users: number[], };

export type Read = { ref?: Ref, room: number, seq: number, };

export type ReadBy = { userId: number,
/**
 * Everything up to here.
 */
seq: number, };

export type ReadThread = { ref?: Ref, room: number,
/**
 * The `seq` of the message under which it hangs.
 */
root: number, seq: number, };

export type Reader = { userId: number,
/**
 * Everything up to here ...
 */
seq: number,
/**
 * ... that was said since the person came, in milliseconds since 1970-01-01 UTC.
 */
since: number, };

export type Reads = {
/**
 * The others who share it, each with the place up to which everything was read.
 */
reads: Array<Reader>, };

export type Ref = number | string;

export type Register = {
/**
 * The name to sign in with; others see it, too, unless there is a `displayName`.
 */
name: string,
/**
 * At least 10 characters, and none of the most common ones.
 */
password: string,
/**
 * The name that others see.
 */
displayName?: string, email?: string,
/**
 * The token of an invitation, where one is needed.
 */
invite?: string, for?: Purpose, };

export type RemindMe = {
/**
 * When, in milliseconds since 1970-01-01 UTC.
 */
at: number, room?: number, seq?: number, text?: string, };

export type RemoveMember = { ref?: Ref, room: number, userId: number,
/**
 * Why, for everybody in the room.
 */
reason?: string, };

export type Rename = { ref?: Ref, name: string, };

export type Renew = { ref?: Ref, token: string, };

export type Report = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, reason: string, };

export type RequestReset = {
/**
 * The address that the account has.
 */
email: string, };

export type ResetPassword = {
/**
 * What came by mail. The page takes it behind the `#` of its address, as `#reset=<code>`.
 */
code: string, password: string, for?: Purpose, };

export type RoomAddress = {
/**
 * Where the room is, if there is one.
 */
slug: string, };

export type RoomAvatar = {
/**
 * The room's number.
 */
room: number,
/**
 * The picture.
 */
avatar: string, };

export type RoomBody = { "type": "roomCreated" } & Labels | { "type": "roomUpdated" } & RoomState | { "type": "roomDeleted", };

export type RoomFile = {
/**
 * The place of the message.
 */
seq: number,
/**
 * When that was sent, in milliseconds since 1970-01-01 UTC.
 */
at: number,
/**
 * Who sent it.
 */
userId: number,
/**
 * How that person is called now.
 */
name: string, file: Attachment, };

export type RoomFilesPage = {
/**
 * Those of the newest messages first.
 */
files: Array<RoomFile>,
/**
 * Hand it in as `before` for the next page, when there is one.
 */
next?: number, };

export type RoomHistory = "all" | "joined";

export type RoomKind = "public" | "private" | "direct" | "group";

export type RoomNotifications = { room: number, level?: NotifyLevel, mutedUntil?: number, };

export type RoomNotificationsWish = {
/**
 * Of what the person wants to be notified there.
 */
level: NotifyLevel | null,
/**
 * Up to when the room is muted, in milliseconds since 1970-01-01 UTC; 253402300799000 for ever.
 */
mutedUntil?: number, };

export type RoomOrder = "name" | "activity";

export type RoomPins = {
/**
 * The last one pinned first.
 */
pins: Array<PinnedMessage>, };

export type RoomPosting = "everyone" | "moderators";

export type RoomRole = "member" | "moderator" | "owner";

export type RoomSnapshot = { hasBefore: boolean, messages: Array<LogEvent>,
/**
 * The events beside the messages, all of them from `events_from` on.
 */
events: Array<LogEvent>, eventsFrom: number, members: Array<Member>, memberCount: number, room: number, kind: RoomKind,
/**
 * Where people find it, if it has an address.
 */
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number,
/**
 * How often the person is mentioned in what is unread, up to 100.
 */
mentions?: number,
/**
 * Threads there that the person follows and in which others have written since, up to 100.
 */
threads?: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>,
/**
 * What newcomers read of what was said before; `all` when it is not there.
 */
history?: RoomHistory,
/**
 * Who writes there; `everyone` when it is not there.
 */
posting?: RoomPosting,
/**
 * Seconds that members wait between two messages.
 */
slowModeS?: number,
/**
 * Whether it is only there to be read.
 */
archived?: boolean, };

export type RoomState = { kind: RoomKind, slug?: string, title: string, topic: string,
/**
 * What newcomers read of what was said before; `all` when it is not there.
 */
history?: RoomHistory,
/**
 * Who writes there; `everyone` when it is not there.
 */
posting?: RoomPosting,
/**
 * Seconds that members wait between two messages.
 */
slowModeS?: number,
/**
 * Whether it is only there to be read.
 */
archived?: boolean, };

export type RoomSummary = { room: number, kind: RoomKind,
/**
 * Where people find it, if it has an address.
 */
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number,
/**
 * How often the person is mentioned in what is unread, up to 100.
 */
mentions?: number,
/**
 * Threads there that the person follows and in which others have written since, up to 100.
 */
threads?: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>,
/**
 * What newcomers read of what was said before; `all` when it is not there.
 */
history?: RoomHistory,
/**
 * Who writes there; `everyone` when it is not there.
 */
posting?: RoomPosting,
/**
 * Seconds that members wait between two messages.
 */
slowModeS?: number,
/**
 * Whether it is only there to be read.
 */
archived?: boolean, };

export type Rooms = { ref?: Ref,
/**
 * A part of a title, a topic or an address.
 */
search?: string,
/**
 * The `next` of the page before.
 */
after?: string, limit?: number, };

export type SavedMessage = { message: LogEvent,
/**
 * When it was saved, in milliseconds since 1970-01-01 UTC.
 */
at: number, };

export type SavedPage = {
/**
 * The last one saved first. What one may not read any more is left out, so a page may be shorter than was asked for.
 */
saved: Array<SavedMessage>,
/**
 * Hand it in as `before` for the next page, when there may be one.
 */
next?: number, };

export type Say = { ref?: Ref, room: number, clientId: string, text: string,
/**
 * The `seq` of the message that it answers, if it is a message.
 */
replyTo?: number,
/**
 * The `seq` of the message under which it is said; without it, it is said in the room alone. If it is a message.
 */
thread?: number,
/**
 * Whether what is said in a thread is said in the room as well.
 */
also?: boolean,
/**
 * The `id` of each file that comes with it, at most 10. With files it is a message, whatever its text.
 */
attachments?: Array<string>, };

export type ScheduleProblem = "roomGone" | "notMember" | "notAllowed" | "messageGone";

export type Scheduled = { id: number, kind: ScheduledKind, state: ScheduledStateName,
/**
 * When, in milliseconds since 1970-01-01 UTC.
 */
at: number,
/**
 * Where a message is to stand, or the one stands that a reminder is about.
 */
room?: number,
/**
 * The place of the message that a reminder is about.
 */
seq?: number, text: string, replyTo?: number, thread?: number,
/**
 * The files that come with a message.
 */
attachments?: Array<Attachment>,
/**
 * Why a message was not sent.
 */
problem?: ScheduleProblem,
/**
 * The message that a reminder is about, as it is now, while one may read it.
 */
message?: LogEvent, };

export type ScheduledId = {
/**
 * The number under which it waits.
 */
id: number, };

export type ScheduledKind = "message" | "reminder";

export type ScheduledList = {
/**
 * What comes first at the beginning.
 */
scheduled: Array<Scheduled>, };

export type ScheduledStateName = "waiting" | "due" | "failed";

export type Search = { ref?: Ref,
/**
 * Words, "what stands together", and `from:`, `in:`, `before:`, `after:`, `has:link`; at most 200 characters.
 */
q: string,
/**
 * Only in this room.
 */
room?: number,
/**
 * Only what this person wrote.
 */
from?: number,
/**
 * The `next` of the page before.
 */
before?: string, limit?: number, };

export type Send = { ref?: Ref, room: number, clientId: string, text: string,
/**
 * The `seq` of the message that it answers.
 */
replyTo?: number,
/**
 * The `seq` of the message under which it is said; without it, it is said in the room alone.
 */
thread?: number,
/**
 * Whether what is said in a thread is said in the room as well.
 */
also?: boolean,
/**
 * The `id` of each file that comes with it, at most 10.
 */
attachments?: Array<string>, };

export type SendLater = {
/**
 * When, in milliseconds since 1970-01-01 UTC.
 */
at: number, room: number, text: string,
/**
 * The `seq` of the message of the same room that it answers.
 */
replyTo?: number,
/**
 * The `seq` of the message under which it is said; without it, it is said in the room alone.
 */
thread?: number,
/**
 * Whether what is said in a thread is said in the room as well.
 */
also?: boolean,
/**
 * The numbers of the caller's files for this room that come with it; with them it may have no text.
 */
attachments?: Array<string>, };

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
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number,
/**
 * How often the person is mentioned in what is unread, up to 100.
 */
mentions?: number,
/**
 * Threads there that the person follows and in which others have written since, up to 100.
 */
threads?: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>,
/**
 * What newcomers read of what was said before; `all` when it is not there.
 */
history?: RoomHistory,
/**
 * Who writes there; `everyone` when it is not there.
 */
posting?: RoomPosting,
/**
 * Seconds that members wait between two messages.
 */
slowModeS?: number,
/**
 * Whether it is only there to be read.
 */
archived?: boolean, } | { "type": "left", ref?: Ref, room: number, } | { "type": "ack", ref?: Ref, room: number, seq: number, at: number, } | { "type": "history", ref?: Ref, room: number, messages: Array<LogEvent>, events: Array<LogEvent>, eventsFrom: number, hasBefore: boolean, hasAfter: boolean, } | { "type": "thread", ref?: Ref, room: number,
/**
 * The message under which it hangs.
 */
root: LogEvent,
/**
 * Replies, oldest first.
 */
messages: Array<LogEvent>, hasBefore: boolean, hasAfter: boolean,
/**
 * Whether the person follows it.
 */
follows: boolean,
/**
 * Replies up to here are read; 0 for one who never followed it.
 */
readSeq: number, } | { "type": "threads", ref?: Ref, threads: Array<FollowedThread>, next?: string, } | { "type": "members", ref?: Ref, room: number, members: Array<Member>, next?: string, } | { "type": "rooms", ref?: Ref, rooms: Array<RoomSummary>, next?: string, } | { "type": "found", ref?: Ref,
/**
 * The messages as they are now, the newest first.
 */
hits: Array<LogEvent>,
/**
 * Hand it in as `before` for the next page, when there may be one.
 */
next?: string,
/**
 * The time of the last message that was looked at, when the search took too long to fill the page.
 */
searchedTo?: number,
/**
 * Only messages from before this time are sure to be found, while newer ones are being brought into the index.
 */
indexedTo?: number, } | { "type": "bans", ref?: Ref, room: number,
/**
 * The last first.
 */
bans: Array<Ban>, } | { "type": "room", ref?: Ref, room: RoomSummary, } | { "type": "renamed", ref?: Ref, user: User, } | { "type": "said", ref?: Ref, } & ({ "effect": "notice", notice: string, } | { "effect": "renamed", user: User, } | { "effect": "enter", slug: string, } | { "effect": "exit", room: number, } | { "effect": "signedOut" }) | { "type": "ok", ref?: Ref, } | { "type": "error", ref?: Ref, code: ErrorCode,
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
retryAfterMs?: number,
/**
 * When what the person may not do at present may be done again, in milliseconds since 1970; not there for never.
 */
until?: number, } | { "type": "resumed", room: number, headSeq: number, } | { "type": "skipped", room: number, from: number, to: number, } | { "type": "reset", hasBefore: boolean, messages: Array<LogEvent>,
/**
 * The events beside the messages, all of them from `events_from` on.
 */
events: Array<LogEvent>, eventsFrom: number, members: Array<Member>, memberCount: number, room: number, kind: RoomKind,
/**
 * Where people find it, if it has an address.
 */
slug?: string, title: string, topic: string, headSeq: number, readSeq: number, unread: number,
/**
 * How often the person is mentioned in what is unread, up to 100.
 */
mentions?: number,
/**
 * Threads there that the person follows and in which others have written since, up to 100.
 */
threads?: number, member: boolean,
/**
 * What the person is there, who is a member.
 */
role?: RoomRole, online: number,
/**
 * The others of a conversation, by whom it is called.
 */
people?: Array<User>,
/**
 * What newcomers read of what was said before; `all` when it is not there.
 */
history?: RoomHistory,
/**
 * Who writes there; `everyone` when it is not there.
 */
posting?: RoomPosting,
/**
 * Seconds that members wait between two messages.
 */
slowModeS?: number,
/**
 * Whether it is only there to be read.
 */
archived?: boolean, } | { "type": "roomGone", room: number, } | { "type": "presence", room: number, online: number, changes: Array<Member>, truncated?: boolean, } | { "type": "typing", room: number, users: Array<Person>, more: number, } | { "type": "seen", room: number, reads: Array<ReadBy>, } | { "type": "readMark", room: number, seq: number, } | { "type": "markedUnread", room: number, seq: number, } | { "type": "draft", room: number,
/**
 * The `seq` of the message under which it is written.
 */
thread?: number,
/**
 * Empty when nothing is left of it.
 */
text: string,
/**
 * The `seq` of the message that it is to answer.
 */
replyTo?: number,
/**
 * When it was kept, in milliseconds since 1970-01-01 UTC. Of two of one place the later one counts.
 */
at: number, } | { "type": "scheduleChanged",
/**
 * Whether the person is to be reminded of something now.
 */
due?: boolean, } | { "type": "settingsChanged", revision: number, } | { "type": "threadMark", room: number, root: number, follows: boolean, readSeq: number, } | { "type": "membership", room: number, member: boolean, summary?: RoomSummary, } | { "type": "userRenamed", user: User, } | { "type": "directory", changed: Array<DirectoryRoom>, removed: number[],
/**
 * Other pictures of people and of the server.
 */
avatars?: Array<AvatarChange>,
/**
 * Other emoji of the server.
 */
emoji?: Array<EmojiPicture>, } | { "type": "stale", } | LogEvent;

export type Session = { user: User, };

export type SessionInfo = { id: number,
/**
 * What the browser or the program said of itself, as `Firefox on Linux`; may be empty.
 */
device: string,
/**
 * From where it was last used; may be empty.
 */
address: string, createdAt: number, lastSeenAt: number,
/**
 * Whether it is the one that asks.
 */
isCurrent: boolean, };

export type Sessions = { sessions: Array<SessionInfo>, };

export type SetRole = { ref?: Ref, room: number, userId: number, role: RoomRole, };

export type Settings = { look: LookSettings, notifications: NotificationSettings, privacy: PrivacySettings, };

export type SettingsRevision = {
/**
 * The number of this change.
 */
revision: number, };

export type SignIn = { name?: string, password?: string,
/**
 * The code of a link.
 */
link?: string,
/**
 * The token of an invitation, where guests need one.
 */
invite?: string,
/**
 * Whether the client keeps cookies, and wants the name of a guest to be held for it after the sign-out.
 */
holdName?: boolean, for?: Purpose, };

export type SignedIn = {
/**
 * A JWT (RFC 7519) for `Authorization: Bearer` and for `hello`.
 */
accessToken: string,
/**
 * Seconds until it ends.
 */
expiresIn: number, user: User,
/**
 * For a script: a token that is good for the same until the session ends. It is told this once.
 */
token?: string, };

export type StaffRole = "moderator" | "admin" | "owner";

export type Theme = "system" | "light" | "dark";

export type Thread = { ref?: Ref, room: number,
/**
 * The `seq` of the message under which it hangs.
 */
root: number, before?: number, around?: number, after?: number, limit?: number, };

export type ThreadInfo = {
/**
 * Replies that are not deleted, counted up to 1000.
 */
replies: number,
/**
 * When the last of them was written, in milliseconds since 1970.
 */
last: number,
/**
 * Who wrote there last, the last one first, at most three.
 */
users: Array<Person>,
/**
 * Replies up to this `seq` are counted.
 */
asOf: number, };

export type Threads = { ref?: Ref,
/**
 * The `next` of the page before.
 */
after?: string, limit?: number, };

export type Typing = { ref?: Ref, room: number, };

export type UnbanMember = { ref?: Ref, room: number, userId: number, };

export type UnfollowThread = { ref?: Ref, room: number,
/**
 * The `seq` of the message under which it hangs.
 */
root: number, };

export type UnmuteMember = { ref?: Ref, room: number, userId: number, };

export type Unpin = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, };

export type Unreact = { ref?: Ref, room: number,
/**
 * The `seq` of the message.
 */
target: number, emoji: string, };

export type UpdateMe = {
/**
 * The name that others see.
 */
name?: string,
/**
 * An empty one takes it away. Since a lost password is set anew by it, the present one has to be said, if the account has one.
 */
email?: string,
/**
 * The present password, where the address is to be another one.
 */
password?: string,
/**
 * An empty text takes it away.
 */
status?: PersonStatus, };

export type UpdateRoom = { ref?: Ref, room: number, title?: string, topic?: string,
/**
 * Another address; the present one leads to the room until another room takes it.
 */
slug?: string,
/**
 * `public` or `private`.
 */
kind?: RoomKind,
/**
 * What newcomers read of what was said before.
 */
history?: RoomHistory,
/**
 * Who writes there.
 */
posting?: RoomPosting,
/**
 * Seconds that members wait between two messages, at most 21600.
 */
slowModeS?: number,
/**
 * Whether it is only there to be read.
 */
archived?: boolean, };

export type User = { userId: number, name: string, kind: AccountKind,
/**
 * What the person is on the whole server, beyond a member.
 */
role?: StaffRole, };

export type UserGroup = {
/**
 * What it is called, without the `@`.
 */
name: string,
/**
 * How many people are in it.
 */
people: number,
/**
 * Whether the caller is among them.
 */
mine: boolean, };

export type UserGroups = {
/**
 * All of them, by their names.
 */
groups: Array<UserGroup>, };

export type PresenceChange = Member;

export interface Replies {
  hello: "welcome";
  join: "joined";
  leave: "left";
  send: "ack";
  say: "ack" | "said";
  edit: "ack";
  delete: "ack";
  react: "ok";
  unreact: "ok";
  pin: "ok";
  unpin: "ok";
  history: "history";
  thread: "thread";
  threads: "threads";
  followThread: "ok";
  unfollowThread: "ok";
  readThread: "ok";
  members: "members";
  rooms: "rooms";
  search: "found";
  createRoom: "room";
  openDirect: "room";
  addMember: "ok";
  removeMember: "ok";
  banMember: "ok";
  unbanMember: "ok";
  bans: "bans";
  muteMember: "ok";
  unmuteMember: "ok";
  report: "ok";
  setRole: "ok";
  updateRoom: "room";
  deleteRoom: "ok";
  rename: "renamed";
  renew: "ok";
  read: "ok";
  markUnread: "ok";
  draft: "ok";
  findRoom: "room";
  typing: "ok";
  presence: "ok";
  ping: "ok";
}

export const LOG_EVENT_TYPES = ["message", "messageEdited", "messageDeleted", "reactionAdded", "reactionRemoved", "messagePinned", "messageUnpinned", "messageChanged", "memberJoined", "memberAdded", "memberLeft", "memberRemoved", "memberBanned", "memberUnbanned", "memberMuted", "memberUnmuted", "roleChanged", "memberRenamed", "roomCreated", "roomUpdated", "roomDeleted"] as const;
