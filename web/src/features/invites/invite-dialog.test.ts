import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Invite, User } from '@/api/generated/protocol';
import { GENERAL, summary, TECH } from '@/api/test/rooms';
import { fakeServer, Refused } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { registerRoomEvents } from '@/features/rooms';
import { useSession } from '@/features/session/store';
import { field, press, submit } from '@/ui/test/finding';
import InviteDialog from './InviteDialog.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const ALEX: User = { userId: 7, name: 'Alex', kind: 'member' };
const invite = (id: number, used: number, rooms: number[] = [TECH]): Invite => ({
  id,
  by: ALEX,
  createdAt: 1,
  expiresAt: 2,
  uses: 25,
  used,
  rooms,
});

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function open(
  answers: Record<string, unknown>,
  { room, user = ALEX }: { room?: number; user?: User } = {},
) {
  const server = fakeServer({
    'GET invites': { invites: [invite(1, 0), invite(2, 3)] },
    'GET access': { mail: false },
    ...answers,
  });
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
  registerRoomEvents(connection as never);
  connection.emit({
    type: 'welcome',
    epoch: 'first',
    user,
    rooms: [summary(GENERAL, { member: true }), summary(TECH, { member: true })],
    limits: {
      messageLength: 500,
      historyPage: 50,
      roomsPerPerson: 5,
      fileBytes: 16_777_216,
      filesPerMessage: 10,
    },
    serverTime: 0,
  });
  const view = mount(InviteDialog, { props: { open: false, room }, attachTo: document.body });
  await view.setProps({ open: true });
  await flushPromises();
  return { server, view: view as VueWrapper };
}

describe('invitations', () => {
  it('are sent by mail where the server does that', async () => {
    const { server, view } = await open({
      'GET access': { mail: true },
      'POST invites': { ...invite(3, 0), token: 'ci_3' },
    });
    await field(view, 'Send it by e-mail (optional)').setValue(' sam@example.org ');
    await submit(view);
    expect(server.said('POST invites')[0]?.body).toMatchObject({ email: 'sam@example.org' });
    expect(view.text()).toMatch(/It was sent to .*sam@example.org/);
  });

  it('are made for some rooms and some people, and their address is there once', async () => {
    const made = { ...invite(3, 0, [GENERAL]), token: 'ci_3' };
    const { server, view } = await open({ 'POST invites': made }, { room: GENERAL });
    await field(view, 'Good for').setValue('day');
    await field(view, 'For how many').setValue('5');
    await submit(view);
    expect(server.said('POST invites')[0]?.body).toEqual({ hours: 24, uses: 5, rooms: [GENERAL] });
    expect(field(view, 'Address of the invitation').element.value).toBe(
      new URL('#invite=ci_3', document.baseURI).href,
    );
    expect(view.findAll('li.invite')).toHaveLength(3);
    await press(view, 'Create another');
    expect(view.text()).not.toContain('ci_3');
  });

  it('are undone by those who keep order only', async () => {
    const { view } = await open({});
    expect(view.findAll('button').map((each) => each.text())).not.toContain('Undo…');
  });

  it('make others more than members where an admin says so', async () => {
    const made = { ...invite(3, 0), token: 'ci_3' };
    const user: User = { ...ALEX, role: 'admin' };
    const { server, view } = await open({ 'POST invites': made }, { user });
    await field(view, 'They come as').setValue('moderator');
    await submit(view);
    expect(server.said('POST invites')[0]?.body).toMatchObject({ role: 'moderator' });
  });

  it('that are refused say why', async () => {
    const { view } = await open({ 'POST invites': new Refused(403, 'forbidden') });
    await submit(view);
    expect(view.get('[role=alert]').text()).toBe('You may not do this.');
  });

  it('are withdrawn', async () => {
    const { server, view } = await open({ 'DELETE invites/1': undefined });
    expect(view.get('li.invite').text()).toContain('0 of 25 used');
    await press(view, 'Withdraw');
    expect(server.said('DELETE invites/1')).toHaveLength(1);
    expect(view.findAll('li.invite')).toHaveLength(1);
  });

  it('are undone with all who came by them, after a second thought', async () => {
    const { server, view } = await open(
      { 'DELETE invites/2?undo=true': undefined },
      { user: { ...ALEX, role: 'moderator' } },
    );
    await press(view, 'Undo…');
    expect(view.text()).toContain('the accounts of all 3 who came by it end');
    await press(view, 'Cancel');
    expect(server.said('DELETE invites/2?undo=true')).toEqual([]);
    await press(view, 'Undo…');
    await press(view, 'Remove them');
    expect(server.said('DELETE invites/2?undo=true')).toHaveLength(1);
    expect(view.findAll('li.invite')).toHaveLength(1);
  });
});
