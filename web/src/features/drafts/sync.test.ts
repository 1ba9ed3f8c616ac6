import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { ConnectionLost } from '@/api/errors';
import type { KeptDraft } from '@/api/generated/protocol';
import {
  eraseDraft,
  readDraft,
  showDraftIn,
  writeDraft,
  writeSynced,
} from '@/features/composer/drafts';
import { useReplying } from '@/features/messages/replying';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { followDrafts } from './sync';

let connection: FakeConnection;
let kept: KeptDraft[];

/** Happens after the server has made its list and before that is here. */
let meanwhile: () => void;

vi.mock('@/api/http', () => ({
  answerTo: async () => {
    const drafts = kept;
    meanwhile();
    return { drafts };
  },
}));
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
  meanwhile = () => undefined;
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
  const hide = showDraftIn(HERE, field);
  hear(there('from the phone, and on', 11));
  expect(field.value).toBe('from the phone, and on');
  hear(there('late news', 10));
  expect(field.value).toBe('from the phone, and on');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toEqual([]);
  hide();
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

/** A request that is answered when the test says so. */
function answerLater(): { succeed: () => void; fail: (error: Error) => void } {
  const later = { succeed: () => {}, fail: (_: Error) => {} };
  const promise = new Promise<unknown>((resolve, reject) => {
    later.succeed = () => resolve({ type: 'ok' });
    later.fail = reject;
  });
  connection.answer = () => {
    connection.answer = async () => ({ type: 'ok' });
    return promise;
  };
  return later;
}

it('says that nothing is left of what was sent before the server had answered', async () => {
  await begin();
  const answer = answerLater();
  writeDraft(HERE, 'Hello');
  await vi.advanceTimersByTimeAsync(1_000);
  eraseDraft(HERE, 'Hello');
  await vi.advanceTimersByTimeAsync(100);
  expect(told()).toEqual(['Hello']);
  answer.succeed();
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toEqual(['Hello', '']);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toEqual(['Hello', '']);
});

it('waits for a pause also while the server is being told', async () => {
  await begin();
  const answer = answerLater();
  writeDraft(HERE, 'H');
  await vi.advanceTimersByTimeAsync(1_000);
  writeDraft(HERE, 'He');
  answer.succeed();
  await vi.advanceTimersByTimeAsync(500);
  writeDraft(HERE, 'Hello');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told()).toEqual(['H', 'Hello']);
});

it('does not bring back what was sent or erased while there was no line', async () => {
  writeDraft(HERE, 'sent on the train');
  writeSynced(HERE, 'sent on the train');
  eraseDraft(HERE, 'sent on the train');
  await begin(there('sent on the train', 10));
  expect(readDraft(HERE)).toBe('');
  expect(told()).toEqual(['']);
});

it('does not bring back what was sent when the line broke before the answer', async () => {
  await begin();
  const answer = answerLater();
  writeDraft(HERE, 'Hello');
  await vi.advanceTimersByTimeAsync(1_000);
  eraseDraft(HERE, 'Hello');
  answer.fail(new ConnectionLost());
  await vi.advanceTimersByTimeAsync(0);
  await begin(there('Hello', 10));
  expect(readDraft(HERE)).toBe('');
  expect(told()).toEqual(['Hello', '']);
});

it('keeps what was heard of while the list was on its way', async () => {
  await begin(there('old', 10));
  const other = { ...HERE, room: 2 };
  meanwhile = () => {
    hear(there('newer', 12));
    hear(there('begun just now', 13, 2));
  };
  await begin(there('old', 10));
  expect(readDraft(HERE)).toBe('newer');
  expect(readDraft(other)).toBe('begun just now');
});

it('answers what the draft answers elsewhere, and nothing where it answers nothing', async () => {
  await begin();
  const replying = useReplying();
  hear({ ...there('yes', 10), replyTo: 5 });
  expect(replying.target(1)).toBe(5);
  expect(replying.begun).toBeUndefined();
  hear({ ...there('yes', 11), replyTo: 6 });
  expect(replying.target(1)).toBe(6);
  hear(there('yes', 12));
  expect(replying.target(1)).toBeNull();
  hear({ ...there('yes', 13), replyTo: 5 });
  hear(there('', 14));
  expect(replying.target(1)).toBeNull();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toEqual([]);
});

it('tells that another message is answered, or none any more', async () => {
  await begin();
  const replying = useReplying();
  const answers = () =>
    connection.requests.map((frame) => (frame.type === 'draft' ? (frame.replyTo ?? null) : frame));
  replying.begin(1, 5);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(answers()).toEqual([]);
  writeDraft(HERE, 'yes');
  await vi.advanceTimersByTimeAsync(1_000);
  replying.begin(1, 6);
  await vi.advanceTimersByTimeAsync(1_000);
  replying.end(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(answers()).toEqual([5, 6, null]);
  replying.begin(1, 7);
  hear({ ...there('yes', 10), replyTo: 8 });
  expect(replying.target(1)).toBe(7);
});
