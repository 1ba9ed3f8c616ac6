import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import type { KeptDraft } from '@/api/generated/protocol';
import {
  eraseDraft,
  readDraft,
  showDraftIn,
  writeDraft,
  writeSynced,
} from '@/features/composer/drafts';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { followDrafts } from './sync';

let connection: FakeConnection;
let kept: KeptDraft[];

vi.mock('@/api/http', () => ({ answerTo: async () => ({ drafts: kept }) }));
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const HERE = { userId: 7, room: 1, thread: null };
const told = () =>
  connection.requests.map((frame) => (frame.type === 'draft' ? frame.text : frame.type));
const there = (text: string, at: number, room = 1): KeptDraft => ({ room, text, at });
const hear = (draft: KeptDraft) => connection.emit({ type: 'draft', ...draft });

async function begin(...drafts: KeptDraft[]): Promise<void> {
  kept = drafts;
  await followDrafts(connection as never);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  connection = createFakeConnection();
  connection.answer = async () => ({ type: 'ok' });
  setActivePinia(createPinia());
  vi.spyOn(useSession(), 'user', 'get').mockReturnValue({ userId: 7 } as never);
  vi.spyOn(useSession(), 'ask').mockImplementation((async (ask: (token: string) => unknown) =>
    ask('token')) as never);
});

it('tells what is written after a pause, and at once that nothing is left', async () => {
  await begin();
  writeDraft(HERE, 'h');
  await vi.advanceTimersByTimeAsync(900);
  writeDraft(HERE, 'hello');
  await vi.advanceTimersByTimeAsync(900);
  expect(told()).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(told()).toEqual(['hello']);
  eraseDraft(HERE, 'hello');
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual(['hello', '']);
});

it('says nothing of what was sent before anybody was told of it', async () => {
  await begin();
  writeDraft(HERE, 'quick');
  eraseDraft(HERE, 'quick');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toEqual([]);
});

it('shows what is written elsewhere where nobody writes here', async () => {
  await begin(there('from the phone', 10));
  expect(readDraft(HERE)).toBe('from the phone');
  const field = ref('from the phone');
  showDraftIn(HERE, field);
  hear(there('from the phone, and on', 11));
  expect(field.value).toBe('from the phone, and on');
  hear(there('late news', 10));
  expect(field.value).toBe('from the phone, and on');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toEqual([]);
});

it('leaves what is being written here, and has it be the last', async () => {
  await begin();
  writeDraft(HERE, 'my own words');
  hear(there('others', 10));
  expect(readDraft(HERE)).toBe('my own words');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told()).toEqual(['my own words']);
});

it('brings up to date what was written and sent while there was no line', async () => {
  writeDraft(HERE, 'on the train');
  const sent = { ...HERE, room: 2 };
  writeDraft(sent, 'sent elsewhere');
  writeSynced(sent, 'sent elsewhere');
  await begin();
  expect(told()).toEqual(['on the train']);
  expect(readDraft(sent)).toBe('');
});
