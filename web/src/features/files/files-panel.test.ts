import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RoomFile } from '@/api/generated/protocol';
import { GENERAL } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { message, SAM } from '@/features/messages/test/log-events';
import { useSession } from '@/features/session/store';
import FilesPanel from './FilesPanel.vue';

type Page = { files: RoomFile[]; next?: number };

let connection: FakeConnection;
/** The pages that were asked for, and what they wait for. */
let asked: { before: number | undefined; answer: (page: Page) => void }[];

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));
vi.mock('@/api/messages', () => ({
  fetchRoomFiles: (_room: number, _token: string, before?: number) =>
    new Promise<Page>((answer) => asked.push({ before, answer })),
}));

function shared(seq: number): RoomFile {
  const file = { id: `f${seq}`, name: `${seq}.txt`, type: 'text/plain', bytes: 8 };
  return { seq, at: 5, userId: SAM, name: 'Sam', file };
}

const ATTACHED = [shared(1).file];
const header = { room: GENERAL, seq: 90, userId: SAM, name: 'Sam', at: 1 };

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  asked = [];
  connection = createFakeConnection();
  setActivePinia(createPinia());
  vi.spyOn(useSession(), 'ask').mockImplementation((request) => request('token'));
});
afterEach(() => vi.unstubAllGlobals());

/** The panel, with its first page: the files of 60 and 50, of which there are more. */
async function panel() {
  const wrapper = mount(FilesPanel, {
    props: { room: GENERAL },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
  await answer({ files: [shared(60), shared(50)], next: 50 });
  return {
    listed: () => wrapper.findAll('.name').map((name) => name.text()),
    more: () => wrapper.get('.more').trigger('click'),
  };
}

async function answer(page: Page): Promise<void> {
  asked.at(-1)?.answer(page);
  await flushPromises();
}

it('begins anew where a file came while the next page was under way', async () => {
  const { listed, more } = await panel();
  await more();
  expect(asked.at(-1)?.before).toBe(50);
  connection.emit(message(70, { attachments: ATTACHED }));
  await answer({ files: [shared(40)] });
  expect(asked).toHaveLength(3);
  expect(asked.at(-1)?.before).toBeUndefined();
  await answer({ files: [shared(70), shared(60)], next: 60 });
  expect(listed()).toEqual(['70.txt', '60.txt']);
});

it('stays as it is where a text is another one, or goes', async () => {
  const { listed, more } = await panel();
  await more();
  await answer({ files: [shared(40)] });
  connection.emit({ ...header, type: 'messageChanged', target: 55, text: 'new', changed: 90 });
  connection.emit({ ...header, type: 'messageDeleted', target: 55 });
  connection.emit(message(91));
  await flushPromises();
  expect(asked).toHaveLength(2);
  expect(listed()).toEqual(['60.txt', '50.txt', '40.txt']);
});

it.each([
  ['one goes', { ...header, type: 'messageDeleted', target: 50 }],
  ['one is another', { ...header, type: 'messageChanged', target: 50, text: 'new', changed: 90 }],
  [
    'files may have come',
    { ...header, type: 'messageChanged', target: 55, text: '', changed: 90, attachments: ATTACHED },
  ],
] as const)('is asked for anew where %s', async (_, event) => {
  await panel();
  connection.emit(event as never);
  await flushPromises();
  expect(asked).toHaveLength(2);
});

it('is asked for anew where one goes that is on a page under way', async () => {
  const { more } = await panel();
  await more();
  connection.emit({ ...header, type: 'messageDeleted', target: 40 });
  await answer({ files: [shared(40)] });
  expect(asked).toHaveLength(3);
});
