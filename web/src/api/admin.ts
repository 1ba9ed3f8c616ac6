import type { AccountKind, Ban, Person, RoomKind, StaffRole } from './generated/protocol';
import { answerTo, call } from './http';

/** Something that was done by one who keeps order. */
export interface AuditEntry {
  id: number;
  at: number;
  actor: Person;
  /** What it was; a newer server may tell of more than this client knows. */
  action: string;
  room?: number;
  /** To whom. */
  user?: Person;
  seq?: number;
  reason?: string;
}

/** A message that somebody reported. */
export interface ReportedMessage {
  id: number;
  at: number;
  by: Person;
  reason: string;
  room: number;
  seq: number;
  author?: Person;
  /** What it says, in a room that is public or that one is in, while it is there. */
  text?: string;
  handledBy?: Person;
  handledAt?: number;
}

/** An account as those see it who run the server. */
export interface AccountReport {
  userId: number;
  name: string;
  kind: AccountKind;
  /** Nothing for a member like any other. */
  role?: StaffRole;
  /** In how many rooms the person is. */
  rooms: number;
  createdAt: number;
  lastSeenAt: number;
}

/** Entries of a page; one that is shorter is the last. */
export const ENTRIES = 50;

function page(before: number | undefined): string {
  return `limit=${ENTRIES}${before === undefined ? '' : `&before=${before}`}`;
}

/** A room in which everybody is who comes. */
export interface FirstRoom {
  room: number;
  title: string;
}

/** What was done by those who keep order, before the entry of this number. */
export function fetchAudit(token: string, before?: number): Promise<{ entries: AuditEntry[] }> {
  return answerTo(`admin/audit?${page(before)}`, { token });
}

/** What people reported, before the report of this number. */
export function fetchReports(
  token: string,
  before?: number,
): Promise<{ reports: ReportedMessage[] }> {
  return answerTo(`admin/reports?${page(before)}`, { token });
}

/** Notes that a report is handled, or that it is not. */
export async function handleReport(id: number, handled: boolean, token: string): Promise<void> {
  await call(`admin/reports/${id}`, { method: 'POST', body: { handled }, token });
}

/** Accounts by their numbers, behind the one of this number. */
export function fetchPeople(
  search: string,
  token: string,
  after?: number,
): Promise<{ people: AccountReport[] }> {
  const cursor = after === undefined ? '' : `&after=${after}`;
  return answerTo(`admin/people?limit=${ENTRIES}&q=${encodeURIComponent(search.trim())}${cursor}`, {
    token,
  });
}

/** Says what a member is on the server: one like any other without a role. */
export async function setServerRole(
  user: number,
  role: StaffRole | null,
  token: string,
): Promise<void> {
  await call(`admin/people/${user}/role`, { method: 'PUT', body: { role }, token });
}

export function fetchFirstRooms(token: string): Promise<{ rooms: FirstRoom[] }> {
  return answerTo('admin/first-rooms', { token });
}

/** Has everybody be in a public room who comes from now on, or ends that. */
export async function setFirstRoom(room: number, isFirst: boolean, token: string): Promise<void> {
  await call(`admin/first-rooms/${room}`, { method: isFirst ? 'PUT' : 'DELETE', token });
}

/** A room as those see it who run the server. */
export interface RoomReport {
  room: number;
  kind: RoomKind;
  slug?: string;
  title: string;
  archived: boolean;
  members: number;
  events: number;
  creator?: Person;
  createdAt: number;
  lastMessageAt?: number;
}

/** Rooms by their numbers, behind the one of this number. */
export function fetchRoomReports(
  search: string,
  token: string,
  after?: number,
): Promise<{ rooms: RoomReport[] }> {
  const cursor = after === undefined ? '' : `&after=${after}`;
  return answerTo(`admin/rooms?limit=${ENTRIES}&q=${encodeURIComponent(search.trim())}${cursor}`, {
    token,
  });
}

/** How the server is set up. */
export interface ServerSettings {
  version: string;
  storage: string;
  nodes: number;
  settings: { name: string; value: string }[];
}

export function fetchSettings(token: string): Promise<ServerSettings> {
  return answerTo('admin/settings', { token });
}

export function fetchAccountBans(token: string): Promise<{ bans: Ban[] }> {
  return answerTo('admin/bans', { token });
}

/** Keeps somebody out of the server, up to a moment or for ever. */
export async function banAccount(
  user: number,
  term: { until?: number; reason?: string },
  token: string,
): Promise<void> {
  await call(`admin/bans/${user}`, { method: 'PUT', body: term, token });
}

export async function endAccountBan(user: number, token: string): Promise<void> {
  await call(`admin/bans/${user}`, { method: 'DELETE', token });
}
