import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import { ProtocolError } from '@/api/errors';
import type { User } from '@/api/generated/protocol';
import { TEA } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { type Restraint, restraintOf, type Told } from './restraint';
import { registerRestraintEvents, useRestraints } from './restraints';
import { type Room, unvisitedRoom } from './room';
import { durationText, pauseOptions } from './settings-texts';
import { useRooms } from './store';
import { useRestraint } from './use-restraint';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const NOW = 1_000_000;
const alex: User = { userId: 7, name: 'Alex', kind: 'member' };

function tea(fields: Partial<Room> = {}): Room {
  const place = { room: TEA, slug: 'tea', title: 'Tea', topic: '' };
  return { ...unvisitedRoom(place), member: true, role: 'member', ...fields };
}

function told(fields: Partial<Told>): Told {
  return { mutedUntil: 0, wroteAt: 0, refusedUntil: 0, ...fields };
}

describe('what keeps somebody from writing', () => {
  const of = (fields: Partial<Room>, known?: Told, user = alex) =>
    restraintOf(tea(fields), user, known, NOW);

  it('is nothing in a usual room', () => {
    expect(of({})).toBeNull();
    expect(of({}, told({ wroteAt: NOW, refusedUntil: NOW + 1 }))).toBeNull();
  });

  it('is the end of the room for everybody', () => {
    expect(of({ archived: true, role: 'owner' })).toEqual({ kind: 'archived' });
  });

  it('is that moderators alone write, unless one is a moderator', () => {
    expect(of({ posting: 'moderators' })).toEqual({ kind: 'readOnly' });
    expect(of({ posting: 'moderators', role: 'moderator' })).toBeNull();
    expect(of({ posting: 'moderators' }, undefined, { ...alex, role: 'admin' })).toBeNull();
    const hidden = { posting: 'moderators', kind: 'private' } as const;
    expect(of(hidden, undefined, { ...alex, role: 'admin' })).toEqual({ kind: 'readOnly' });
  });

  it('is silence, up to its end or for ever', () => {
    expect(of({}, told({ mutedUntil: NOW + 1 }))).toEqual({ kind: 'muted', until: NOW + 1 });
    expect(of({}, told({ mutedUntil: NOW }))).toBeNull();
    const forEver = told({ mutedUntil: Number.POSITIVE_INFINITY });
    expect(of({}, forEver)).toEqual({ kind: 'muted', until: null });
  });

  it('is a pause from the last message on, or as long as the server said', () => {
    const slow = (known?: Told) => of({ slowModeS: 30 }, known);
    expect(slow()).toMatchObject({ kind: 'slow', seconds: 30 });
    expect(slow(told({ wroteAt: NOW }))).toMatchObject({ until: NOW + 30_000 });
    expect(slow(told({ wroteAt: 1, refusedUntil: NOW + 5 }))).toMatchObject({ until: NOW + 5 });
    expect(of({ slowModeS: 30, role: 'moderator' })).toBeNull();
  });
});

describe('what this person was told', () => {
  let scope = effectScope();
  let shown: { restraint: { value: Restraint | null }; wait: { value: number } };

  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    connection = createFakeConnection();
    setActivePinia(createPinia());
    useSession().$patch({ user: alex });
    registerRestraintEvents(connection as never);
    useRooms().rooms.set(TEA, tea({ slowModeS: 10 }));
    scope = effectScope();
    shown = scope.run(() => useRestraint(TEA)) as never;
  });
  afterEach(() => {
    scope.stop();
    vi.useRealTimers();
  });

  const at = (seq: number, userId = 7) => ({
    room: TEA,
    seq,
    at: Date.now(),
    userId,
    name: 'Alex',
  });
  const subject = { userId: 7, name: 'Alex' };

  it('counts the seconds until the next message, by the clock of the server', async () => {
    const serverTime = NOW - 5_000;
    const welcome = { type: 'welcome', epoch: '', user: alex, rooms: [], limits: {} } as never;
    connection.emit({ ...(welcome as object), serverTime } as never);
    connection.emit({
      type: 'message',
      kind: 'text',
      text: '',
      clientId: '',
      ...at(4),
      at: serverTime,
    });
    expect(shown.wait.value).toBe(10);
    await nextTick();
    await vi.advanceTimersByTimeAsync(9_500);
    expect(shown.wait.value).toBe(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(shown.wait.value).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for what others write', () => {
    connection.emit({ type: 'message', kind: 'text', text: '', clientId: '', ...at(4, 9) });
    expect(shown.wait.value).toBe(0);
  });

  it('is silent until the end that was told, or until somebody ends it', async () => {
    connection.emit({ type: 'memberMuted', subject, until: NOW + 60_000, ...at(4, 9) });
    expect(shown.restraint.value).toEqual({ kind: 'muted', until: NOW + 60_000 });
    await nextTick();
    await vi.advanceTimersByTimeAsync(60_500);
    expect(shown.restraint.value).toMatchObject({ kind: 'slow' });
    connection.emit({ type: 'memberMuted', subject, ...at(5, 9) });
    expect(shown.restraint.value).toEqual({ kind: 'muted', until: null });
    connection.emit({ type: 'memberUnmuted', subject, ...at(6, 9) });
    expect(shown.restraint.value).toMatchObject({ kind: 'slow' });
    connection.emit({ type: 'memberMuted', subject: { userId: 9, name: 'Sam' }, ...at(7) });
    expect(shown.restraint.value).toMatchObject({ kind: 'slow' });
  });

  it('learns from what the server refuses', () => {
    const refusal = { message: '', retryable: true } as const;
    const slow = new ProtocolError({ ...refusal, code: 'slow_mode', retryAfterMs: 4_000 });
    useRestraints().noteRefusal(TEA, slow);
    expect(shown.wait.value).toBe(4);
    const until = NOW + 60_000;
    useRestraints().noteRefusal(TEA, new ProtocolError({ ...refusal, code: 'muted', until }));
    expect(shown.restraint.value).toEqual({ kind: 'muted', until });
  });
});

it('says how long a pause is', () => {
  expect([0, 5, 65, 300, 3_600, 21_600].map(durationText)).toEqual([
    '0 s',
    '5 s',
    '1 min 5 s',
    '5 min',
    '1 h',
    '6 h',
  ]);
  expect(pauseOptions(0)).toHaveLength(9);
  expect(pauseOptions(45).map(({ label }) => label)).toContain('45 s');
});
