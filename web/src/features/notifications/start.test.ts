import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { computed, ref } from 'vue';
import { GENERAL, summary } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { message } from '@/features/messages/test/log-events';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { showNotice } from './desktop';
import { useOwnSettings } from './own-settings';
import { playSound } from './sound';
import { startNotifications } from './start';
import { isMuted, wishes } from './wishes';

let connection: FakeConnection;
let answerGroups: (answer: object) => void;

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));
vi.mock('@/app/router', () => ({ router: { push: vi.fn() } }));
vi.mock('@/features/presence', () => ({ useAttention: () => ref(false) }));
vi.mock('./sound', () => ({ playSound: vi.fn() }));
vi.mock('./desktop', () => ({
  showNotice: vi.fn(),
  closeNotice: vi.fn(),
  closePushed: vi.fn(async () => undefined),
}));
vi.mock('./badge', () => ({
  IconBadge: class {
    show = vi.fn();
  },
}));
vi.mock('./one-tab', () => ({
  OneTab: class {
    note = vi.fn();
    mayNotify = async () => true;
  },
}));

beforeEach(async () => {
  vi.mocked(playSound).mockClear();
  vi.mocked(showNotice).mockClear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  const session = useSession();
  session.$patch({ user: { userId: 7, name: 'Alex', kind: 'member' } });
  const ask = () =>
    new Promise((resolve) => {
      answerGroups = resolve;
    });
  vi.spyOn(session, 'ask').mockImplementation(ask as never);
  vi.spyOn(useRooms(), 'room').mockReturnValue(summary(GENERAL) as never);
  const settings = useOwnSettings();
  vi.spyOn(settings, 'refresh').mockResolvedValue(undefined);
  settings.set({ level: 'mentions', sound: true, desktop: true });
  await startNotifications(connection as never);
});

async function hear(text: string, fields: object = {}): Promise<void> {
  connection.emit(message(5, { text, ...fields }));
  await flushPromises();
}

const told = () =>
  [vi.mocked(playSound), vi.mocked(showNotice)].map(({ mock }) => mock.calls.length);

it.each([
  ['hello', {}, 0],
  ['<@7>', { mentions: [{ userId: 7, name: 'Alex' }] }, 1],
  ['<@room>: lunch', {}, 1],
  ['<@here>: lunch', {}, 1],
  ['<@here>: my own', { userId: 7 }, 0],
])('tells of %j with %j: %i', async (text, fields, times) => {
  await hear(text, fields);
  expect(told()).toEqual([times, times]);
});

it.each([true, false])(
  'tells of a group when the server has said who is in it: %s',
  async (mine) => {
    await hear('<@&design>: look');
    expect(told()).toEqual([0, 0]);
    answerGroups({ groups: [{ name: 'design', people: 2, mine }] });
    await flushPromises();
    expect(told()).toEqual(mine ? [1, 1] : [0, 0]);
  },
);

it('tells nobody else who is here by then', async () => {
  await hear('<@&design>, <@here>: look');
  useSession().$patch({ user: { userId: 8, name: 'Sam', kind: 'member' } });
  answerGroups({ groups: [{ name: 'design', people: 2, mine: true }] });
  await flushPromises();
  expect(told()).toEqual([0, 0]);
});

it('hears of a room again when its time of silence is over', async () => {
  vi.useFakeTimers();
  const silent = computed(() => isMuted(GENERAL));
  wishes.value = { [GENERAL]: { mutedUntil: Date.now() + 60_000 } };
  await vi.advanceTimersByTimeAsync(59_000);
  expect(silent.value).toBe(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(silent.value).toBe(false);
  vi.useRealTimers();
});
