import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { useReads } from './store';

let connection: FakeConnection;
let kept: { userId: number; seq: number; since: number }[];
/** Happens after the server has made its list and before that is here. */
let meanwhile: () => void;

vi.mock('@/api/http', () => ({
  answerTo: async () => {
    const reads = kept;
    meanwhile();
    return { reads };
  },
}));
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const [ROOM, SAM, KIM] = [1, 9, 10];
const said = { seq: 20, at: 2000 };
const seen = (userId: number, seq: number, room = ROOM) =>
  connection.emit({ type: 'seen', room, reads: [{ userId, seq }] });
const wrote = (userId: number, seq: number, fields = {}) =>
  connection.emit({
    type: 'message',
    room: ROOM,
    seq,
    userId,
    name: 'Sam',
    at: 3000,
    kind: 'text',
    text: '',
    clientId: `${seq}`,
    ...fields,
  } as never);

beforeEach(() => {
  connection = createFakeConnection();
  meanwhile = () => undefined;
  setActivePinia(createPinia());
  vi.spyOn(useSession(), 'ask').mockImplementation((async (ask: (token: string) => unknown) =>
    ask('token')) as never);
});

it('knows what was told before and meanwhile, and forgets nothing that came since', async () => {
  const reads = useReads();
  kept = [{ userId: SAM, seq: 5, since: 0 }];
  meanwhile = () => seen(SAM, 20);
  await reads.load(ROOM);
  expect(reads.readersOf(ROOM, said)).toEqual([SAM]);
  seen(SAM, 7);
  expect(reads.readersOf(ROOM, said)).toEqual([SAM]);
});

it('has nobody see what was said before one came', async () => {
  const reads = useReads();
  kept = [
    { userId: SAM, seq: 30, since: 2000 },
    { userId: KIM, seq: 30, since: 2001 },
  ];
  await reads.load(ROOM);
  seen(KIM, 31);
  expect(reads.readersOf(ROOM, said)).toEqual([SAM]);
});

it('takes for read what stands before a message in the room, and not in a thread', async () => {
  const reads = useReads();
  kept = [{ userId: SAM, seq: 5, since: 0 }];
  await reads.load(ROOM);
  wrote(SAM, 21, { thread: 3 });
  // Who does not share it stays unnamed.
  wrote(KIM, 22);
  expect(reads.readersOf(ROOM, said)).toEqual([]);
  wrote(SAM, 23, { thread: 3, also: true });
  expect(reads.readersOf(ROOM, said)).toEqual([SAM]);
});

it('keeps nothing of rooms that were not looked at, nor of another connection', async () => {
  const reads = useReads();
  seen(SAM, 20, 2);
  expect(reads.readersOf(2, said)).toEqual([]);
  kept = [{ userId: SAM, seq: 20, since: 0 }];
  await reads.load(ROOM);
  connection.emit({ type: 'welcome' } as never);
  expect([reads.readersOf(ROOM, said), reads.connections]).toEqual([[], 1]);
});
