import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import type { Ban } from '@/api/generated/protocol';
import { COFFEE } from '@/api/test/rooms';
import { fakeServer } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { field, press, submit } from '@/ui/test/finding';
import RoomBans from './RoomBans.vue';
import SanctionDialog from './SanctionDialog.vue';
import { frameOf, type Sanction, type SanctionKind, spansOf } from './sanction';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const sam = { room: COFFEE, userId: 9 };

enableAutoUnmount(afterEach);
beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

describe('what is asked of the server', () => {
  const ask = (how: 'mute' | 'ban' | 'remove', span: 'hour' | 'ever' | 'over', reason = '') =>
    frameOf({ how, ...sam }, span, reason, 1_000);

  it('has an end and a reason where they were given', () => {
    const until = 3_601_000;
    expect(ask('mute', 'hour', ' Too loud ')).toEqual({
      type: 'muteMember',
      ...sam,
      until,
      reason: 'Too loud',
    });
    expect(ask('ban', 'hour')).toEqual({ type: 'banMember', ...sam, until });
    expect(ask('ban', 'ever', '  ')).toEqual({ type: 'banMember', ...sam });
    expect(ask('remove', 'ever', 'Bye')).toEqual({ type: 'removeMember', ...sam, reason: 'Bye' });
    expect(ask('mute', 'over', 'ignored')).toEqual({ type: 'unmuteMember', ...sam });
  });

  it('lets one be mute no longer, and has no time for a removal', () => {
    expect(spansOf('mute')).toContain('over');
    expect(spansOf('ban')).not.toContain('over');
    expect(spansOf('remove')).toEqual([]);
    expect(spansOf('purge')).toEqual(['hour', 'day', 'ever']);
  });
});

describe('the dialog', () => {
  const about: Sanction = { how: 'ban', ...sam, name: 'Sam', title: 'Coffee' };

  function open(how: SanctionKind) {
    return mount(SanctionDialog, {
      props: { modelValue: { ...about, how } },
      attachTo: document.body,
    });
  }

  it('says whom it is about, and goes when it is done', async () => {
    connection.answer = () => ({ type: 'ok' });
    const view = open('ban');
    expect(view.get('h2').text()).toBe('Ban Sam from Coffee?');
    await field(view, 'For how long?').setValue('ever');
    await field(view, 'Why? (optional)').setValue('Too loud');
    await submit(view);
    expect(connection.requests).toEqual([{ type: 'banMember', ...sam, reason: 'Too loud' }]);
    expect(view.emitted('update:modelValue')).toEqual([[null]]);
    expect(view.emitted('done')).toHaveLength(1);
  });

  it('asks for no reason when somebody may write again', async () => {
    const view = open('mute');
    await field(view, 'For how long?').setValue('over');
    expect(view.find('input').exists()).toBe(false);
    expect(view.get('[type=submit]').text()).toBe('Let write again');
  });

  it('deletes what somebody wrote since a time, or ever, and asks for no reason', async () => {
    const path = `DELETE rooms/${COFFEE}/members/9/messages`;
    vi.spyOn(Date, 'now').mockReturnValue(7_200_000);
    const server = fakeServer({
      [path]: { deleted: 2 },
      [`${path}?since=3600000`]: { deleted: 1 },
    });
    const user = { userId: 7, name: 'Alex', kind: 'member' } as const;
    useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
    const view = open('purge');
    expect(view.get('h2').text()).toBe('Delete what Sam wrote in Coffee?');
    expect(view.find('input').exists()).toBe(false);
    await submit(view);
    const again = open('purge');
    await field(again, 'What was written in').setValue('ever');
    await submit(again);
    await flushPromises();
    expect(server.calls.map(({ what }) => what)).toEqual([`${path}?since=3600000`, path]);
    expect(connection.requests).toEqual([]);
  });

  it('stays with what the server refuses', async () => {
    const body = { code: 'forbidden', message: 'No.', retryable: false } as const;
    connection.answer = () => Promise.reject(new ProtocolError(body));
    const view = open('remove');
    await submit(view);
    expect(view.get('[role=alert]').text()).toBe('You may not do this here.');
    expect(view.emitted('done')).toBeUndefined();
  });
});

describe('the list of bans', () => {
  const ban = (userId: number, name: string, more: Partial<Ban> = {}): Ban => ({
    user: { userId, name },
    by: { userId: 7, name: 'Alex' },
    at: 1,
    ...more,
  });

  it('says who is banned, by whom, up to when and why, and ends a ban', async () => {
    const bans = [ban(9, 'Sam', { reason: 'Too loud' }), ban(10, 'Kim', { until: Date.now() })];
    connection.answer = ({ type }) =>
      type === 'bans' ? { type: 'bans', room: COFFEE, bans } : { type: 'ok' };
    const view = mount(RoomBans, { props: { room: COFFEE }, attachTo: document.body });
    await flushPromises();
    const [first, second] = view.findAll('li').map((row) => row.text());
    expect(first).toContain('By Alex · for ever');
    expect(first).toContain('Too loud');
    expect(second).toMatch(/By Alex · until \d/);
    await press(view, 'End the ban of Sam');
    expect(connection.requests.at(-1)).toEqual({ type: 'unbanMember', ...sam });
    expect(view.findAll('li')).toHaveLength(1);
    expect(document.activeElement?.textContent).toContain('does not come in');
  });

  it('says that there is none, and asks again when it could not be loaded', async () => {
    const body = { code: 'busy', message: 'No.', retryable: true } as const;
    connection.answer = () => Promise.reject(new ProtocolError(body));
    const view = mount(RoomBans, { props: { room: COFFEE } });
    await flushPromises();
    expect(view.get('[role=alert]').text()).toContain('The server is busy. Try again.');
    connection.answer = () => ({ type: 'bans', room: COFFEE, bans: [] });
    await press(view, 'Try again');
    expect(view.text()).toContain('Nobody is banned here');
  });
});
