import { enableAutoUnmount, flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AuditEntry, ReportedMessage } from '@/api/admin';
import type { StaffRole } from '@/api/generated/protocol';
import { GENERAL, NOWHERE, summary } from '@/api/test/rooms';
import { fakeServer, Refused } from '@/api/test/server';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { button, field, press } from '@/ui/test/finding';
import AdminDialog from './AdminDialog.vue';
import { actionText } from './action-text';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const alex = { userId: 7, name: 'Alex' };
const sam = { userId: 9, name: 'Sam' };
const kim = { userId: 10, name: 'Kim' };

function report(id: number, more: Partial<ReportedMessage> = {}): ReportedMessage {
  const common = { id, at: 1, by: sam, reason: `reason ${id}`, room: GENERAL, seq: 5 };
  return { ...common, author: kim, text: 'Watches', ...more };
}

function entry(id: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return { id, at: 1, actor: alex, action: 'memberBanned', room: GENERAL, user: sam, ...more };
}

enableAutoUnmount(afterEach);
beforeEach(() => {
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function open(answers: Record<string, unknown>, role: StaffRole = 'owner') {
  const server = fakeServer({ 'GET admin/reports?limit=50': { reports: [] }, ...answers });
  const user = { ...alex, kind: 'member', role } as const;
  useSession().begin({ accessToken: 'jwt-1', expiresIn: 900, user });
  useRooms().applyOwn([summary(GENERAL)]);
  const view = mount(AdminDialog, {
    props: { open: false },
    attachTo: document.body,
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
  await view.setProps({ open: true });
  await flushPromises();
  return { server, view, rows: () => view.findAll('li').map((row) => row.text()) };
}

it('shows what was reported, and notes that it is handled, or not after all', async () => {
  const reports = [report(2), report(1, { handledBy: alex, handledAt: 2 })];
  const { server, view, rows } = await open({
    'GET admin/reports?limit=50': { reports },
    'POST admin/reports/2': undefined,
  });
  expect(rows()).toHaveLength(1);
  expect(rows()[0]).toMatch(/Reported by Sam.*in #general.*reason 2.*Kim wrote.*Watches/s);
  const link = view.getComponent(RouterLinkStub);
  expect(link.props('to')).toEqual({ name: 'room', params: { room: 'general', seq: 5 } });
  await press(view, 'Mark as handled');
  expect(server.said('POST admin/reports/2').at(-1)?.body).toEqual({ handled: true });
  expect(view.text()).toContain('No report is open');
  await view.get('input[value=all]').setValue();
  expect(rows()[0]).toContain('Handled by Alex');
  await press(view, 'Open again');
  expect(server.said('POST admin/reports/2').at(-1)?.body).toEqual({ handled: false });
});

it('does not lead to a message that one does not see', async () => {
  const hidden = report(1, { room: NOWHERE, text: undefined });
  const { view, rows } = await open({ 'GET admin/reports?limit=50': { reports: [hidden] } });
  expect(rows()[0]).toContain('a room that you do not see');
  expect(view.findComponent(RouterLinkStub).exists()).toBe(false);
});

it('tells the audit page by page', async () => {
  const first = Array.from({ length: 50 }, (_, index) => entry(100 - index));
  const last = entry(50, { action: 'messageDeleted', reason: 'Advertising', user: undefined });
  const { view, rows } = await open({
    'GET admin/audit?limit=50': { entries: first },
    'GET admin/audit?limit=50&before=51': { entries: [last] },
  });
  await press(view, 'Audit');
  expect(rows()[0]).toMatch(/^Alex banned Sam.*in #general$/);
  await press(view, 'Show more');
  expect(rows()).toHaveLength(51);
  expect(rows().at(-1)).toMatch(/^Alex deleted a message of somebody.*“Advertising”$/);
  expect(view.text()).not.toContain('Show more');
});

it('has words for what a newer server tells', () => {
  expect(actionText(entry(1, { action: 'somethingNew' }))).toContain('somethingNew');
});

it('lists accounts, finds them, and says what each is', async () => {
  const account = { ...sam, kind: 'member', rooms: 2, createdAt: 1, lastSeenAt: 1 } as const;
  const guest = { ...kim, kind: 'guest', rooms: 1, createdAt: 1, lastSeenAt: 1 } as const;
  const { server, view, rows } = await open({
    'GET admin/people?limit=50&q=': { people: [account, guest] },
    'GET admin/people?limit=50&q=Sa': { people: [account] },
    'PUT admin/people/9/role': undefined,
  });
  await press(view, 'Accounts');
  expect(rows()).toHaveLength(2);
  expect(rows()[1]).toContain('Guest · in 1 room');
  expect(view.findAll('select')).toHaveLength(1);
  await view.get('[aria-label="What Sam is on this server"]').setValue('moderator');
  await flushPromises();
  expect(server.said('PUT admin/people/9/role')[0]?.body).toEqual({ role: 'moderator' });
  expect(view.get('[role=status]').text()).toBe('Saved: Sam has the new role.');
  await field(view, 'Search accounts').setValue('Sa');
  await expect.poll(() => rows().length).toBe(1);
});

it('shows an account as it is when the server refuses another role', async () => {
  const account = { ...sam, kind: 'member', rooms: 2, createdAt: 1, lastSeenAt: 1 } as const;
  const { view } = await open({
    'GET admin/people?limit=50&q=': { people: [account] },
    'PUT admin/people/9/role': new Refused(403, 'forbidden'),
  });
  await press(view, 'Accounts');
  const select = view.get<HTMLSelectElement>('[aria-label="What Sam is on this server"]');
  await select.setValue('owner');
  await flushPromises();
  expect(view.get('[role=alert]').text()).toBe('You may not do this.');
  expect(select.element.value).toBe('member');
});

it('says what went wrong, and asks again', async () => {
  const { view } = await open(
    { 'GET admin/reports?limit=50': new Refused(503, 'busy') },
    'moderator',
  );
  expect(view.get('[role=alert]').text()).toContain('The server is busy. Try again.');
  expect(button(view, 'Try again')).toBeDefined();
  expect(view.findAll('[role=tab]').map((tab) => tab.text())).toEqual([
    'Reports',
    'Bans',
    'Invitations',
  ]);
});

it('makes groups, and says who is in them', async () => {
  const group = { name: 'design', people: 1, mine: false };
  const accounts = [sam, kim].map((person) => ({ ...person, kind: 'member' }));
  const { server, view, rows } = await open({
    'GET groups': { groups: [group] },
    'PUT groups/ops%202': new Refused(400, 'group_invalid'),
    'PUT groups/ops': undefined,
    'GET groups/design': { people: [sam] },
    'GET admin/people?limit=50&q=': { people: accounts },
    'PUT groups/design/people/10': undefined,
    'DELETE groups/design/people/9': undefined,
  });
  await press(view, 'Groups');
  await flushPromises();
  expect(rows()).toEqual([expect.stringContaining('@design')]);
  for (const name of ['ops 2', 'ops']) {
    await field(view, 'Name of a new group').setValue(name);
    await view.get('form').trigger('submit');
    await flushPromises();
  }
  expect(server.calls.map(({ what }) => what)).toContain('PUT groups/ops');
  await press(view, 'Who is in design');
  await flushPromises();
  await press(view, 'Add Kim');
  await press(view, 'Remove Sam');
  await flushPromises();
  const changes = server.calls.map(({ what }) => what).filter((what) => /people\/\d/.test(what));
  expect(changes).toEqual(['PUT groups/design/people/10', 'DELETE groups/design/people/9']);
  await press(view, 'All groups');
  await flushPromises();
  expect(rows()).toEqual([expect.stringContaining('@design')]);
});

it('says in which rooms everybody begins, and changes it', async () => {
  connection.answer = () => ({ type: 'rooms', rooms: [summary(GENERAL), summary(NOWHERE)] });
  const { server, view } = await open({
    'GET admin/first-rooms': { rooms: [{ room: GENERAL, title: 'General' }] },
    [`PUT admin/first-rooms/${NOWHERE}`]: undefined,
    [`DELETE admin/first-rooms/${GENERAL}`]: undefined,
  });
  await press(view, 'First rooms');
  await flushPromises();
  const names = () => view.findAll('ul[aria-label="First rooms"] .name').map((each) => each.text());
  expect(names()).toEqual(['General']);
  const title = summary(NOWHERE).title;
  await press(view, `Have everybody begin in ${title}`);
  await flushPromises();
  expect(names()).toEqual(['General', title]);
  await press(view, 'Have nobody begin in General');
  await flushPromises();
  expect(names()).toEqual([title]);
  expect(server.calls.slice(-2).map(({ what }) => what)).toEqual([
    `PUT admin/first-rooms/${NOWHERE}`,
    `DELETE admin/first-rooms/${GENERAL}`,
  ]);
});

it('gives the server emoji, and takes them away', async () => {
  const { server, view, rows } = await open({
    'GET emoji': { emoji: [{ name: 'party', picture: 'a' }] },
    'PUT emoji/%2Bship': { picture: 'b' },
    'DELETE emoji/party': undefined,
  });
  await press(view, 'Emoji');
  await flushPromises();
  expect(rows()).toEqual([expect.stringContaining(':party:')]);
  expect(view.get('li img').attributes('src')).toBe('files/emoji/a');
  await field(view, 'Name of a new emoji').setValue('+ship');
  const file = view.get<HTMLInputElement>('input[type=file]');
  Object.defineProperty(file.element, 'files', { value: [new Blob(['x'])] });
  await file.trigger('change');
  await flushPromises();
  await press(view, 'Remove the emoji party');
  await flushPromises();
  const changes = server.calls.map(({ what }) => what).filter((what) => /^(PUT|DELETE)/.test(what));
  expect(changes).toEqual(['PUT emoji/%2Bship', 'DELETE emoji/party']);
});
