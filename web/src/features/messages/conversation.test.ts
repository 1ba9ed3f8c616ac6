import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import { GENERAL, summary } from '@/api/test/rooms';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import ConversationView from './ConversationView.vue';
import { registerMessageEvents } from './events';
import { useMessages } from './store';
import { createFakeConnection, type FakeConnection } from './test/fake-connection';
import { membership, message, messages as messageEvents, OWN_USER_ID } from './test/log-events';
import { joined, page, snapshot } from './test/snapshots';

const VIEWPORT_PX = 600;
const ROW_PX = 38;

const general = summary(GENERAL, { title: 'General', headSeq: 0, readSeq: 0 });

let connection: FakeConnection;

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

/** As much of a layout as the list asks for: every row is as high as one line of a message. */
function stubLayout(): void {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(VIEWPORT_PX);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue({
    height: ROW_PX,
  } as DOMRect);
}

function setUp(seq?: number) {
  const rooms = useRooms();
  rooms.$patch({ loaded: true });
  const wrapper = mount(ConversationView, {
    props: seq === undefined ? { room: GENERAL } : { room: GENERAL, seq },
    global: { stubs: { RouterLink: RouterLinkStub } },
    attachTo: document.body,
  });
  mounted.push(wrapper);
  const list = wrapper.get('[role=log]');
  const texts = () => wrapper.findAll('.message-text').map((found) => found.text());
  const scrollTo = async (scrollTop: number) => {
    list.element.scrollTop = scrollTop;
    await list.trigger('scroll');
    await flushPromises();
  };
  const reads = () =>
    connection.notified.flatMap((frame) => (frame.type === 'read' ? [frame.seq] : []));
  return { wrapper, list, texts, scrollTo, reads, pill: () => wrapper.get('.newest').text() };
}

const mounted: { unmount(): void }[] = [];

beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: OWN_USER_ID, name: 'Alex', kind: 'guest' } });
  registerMessageEvents(connection as never);
  stubLayout();
});

afterEach(() => {
  for (const wrapper of mounted.splice(0)) {
    wrapper.unmount();
  }
});

/** What comes in files of its own is there, too. */
async function arrived(): Promise<void> {
  await flushPromises();
  await vi.dynamicImportSettled();
  await flushPromises();
}

async function emit(...events: Parameters<FakeConnection['emit']>[0][]): Promise<void> {
  for (const event of events) {
    connection.emit(event);
  }
  await arrived();
}

describe('a conversation', () => {
  it('shows the newest messages, and not the thousands above them', async () => {
    const { texts } = setUp();
    await emit(joined(1, 5_000));
    expect(texts().at(-1)).toBe('message 5000');
    expect(texts().length).toBeLessThan(60);
  });

  it('follows the end, and says how many are new when it does not', async () => {
    const { texts, list, scrollTo, pill } = setUp();
    await emit(joined(1, 100), message(101));
    expect(texts().at(-1)).toBe('message 101');
    expect(list.attributes('aria-live')).toBe('polite');

    await scrollTo(1_000);
    await emit(...messageEvents(102, 104));
    expect(pill()).toBe('3 new messages');
    expect(list.element.scrollTop).toBe(1_000);
    expect(list.attributes('aria-live')).toBe('off');

    await list.trigger('keydown', { key: 'End' });
    await flushPromises();
    expect(texts().at(-1)).toBe('message 104');
    expect(pill()).toBe('');
  });

  it('goes to the newest while those of a reset are on their way, and stays there', async () => {
    const { texts, scrollTo, list } = setUp();
    await emit(joined(1, 50));
    await scrollTo(500);
    let answer: (answered: unknown) => void = () => undefined;
    connection.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    await emit({ type: 'reset', ...snapshot(9_951, 10_000) });
    await list.trigger('keydown', { key: 'End' });
    expect(texts().at(-1)).toBe('message 10000');
    answer(page(1, 45, 10_000));
    await flushPromises();
    expect(texts().at(-1)).toBe('message 10000');
  });

  it('goes down for an own message', async () => {
    const { texts, scrollTo } = setUp();
    await emit(joined(1, 100));
    await scrollTo(1_000);
    void useMessages().send(GENERAL, 'mine');
    await flushPromises();
    expect(texts().at(-1)).toBe('mine');
  });

  it('shows a hint to this person until it is dismissed', async () => {
    const { wrapper, list } = setUp();
    await emit(joined(1, 3));
    useMessages().hint(GENERAL, 'In #general: Alex.');
    await arrived();
    expect(wrapper.get('.hint-line [role=status]').text()).toContain('In #general: Alex.');
    await wrapper.get('[aria-label=Dismiss]').trigger('click');
    expect(wrapper.find('.hint-line').exists()).toBe(false);
    expect(document.activeElement).toBe(list.element);
  });

  it('keeps no hint for the next visit to the room', async () => {
    const { wrapper } = setUp();
    await emit(joined(1, 3));
    useMessages().hint(GENERAL, 'In #general: Alex.');
    wrapper.unmount();
    expect(setUp().wrapper.find('.hint-line').exists()).toBe(false);
  });

  it('asks for older messages near the top only', async () => {
    const { scrollTo } = setUp();
    await emit(joined(101, 200));
    expect(connection.requests).toEqual([]);
    connection.answer = () => page(51, 100, 200);
    await scrollTo(1_500);
    expect(connection.requests).toEqual([]);
    await scrollTo(500);
    expect(connection.requests).toEqual([
      { type: 'history', room: GENERAL, before: 101, limit: 50 },
    ]);
  });

  it('offers to try again when they cannot be loaded', async () => {
    const { wrapper, scrollTo } = setUp();
    await emit(joined(101, 200));
    connection.answer = () => Promise.reject(new Error('no'));
    await scrollTo(0);
    connection.answer = () => page(51, 100, 200);
    expect(connection.requests).toHaveLength(1);
    await wrapper.get('[role=alert] button').trigger('click');
    await flushPromises();
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
  });

  it('takes the reader to the message of the address', async () => {
    connection.answer = () => page(20, 70, 200);
    const { wrapper, texts } = setUp(45);
    await emit(joined(151, 200));
    await flushPromises();
    expect(connection.requests[0]).toMatchObject({ around: 45 });
    expect(wrapper.get('.highlighted .message-text').text()).toBe('message 45');
    expect(texts()).not.toContain('message 200');
    expect(wrapper.get('.newest button').text()).toBe('Jump to newest');
  });

  it('tells that the reader is at the newest when he goes there or says something', async () => {
    connection.answer = () => page(20, 70, 200);
    const { wrapper, list } = setUp(45);
    await emit(joined(151, 200));
    expect(wrapper.emitted('newest')).toBeUndefined();
    await wrapper.get('.newest button').trigger('click');
    expect(wrapper.emitted('newest')).toHaveLength(1);
    await list.trigger('keydown', { key: 'End' });
    expect(wrapper.emitted('newest')).toHaveLength(2);
    void useMessages().send(GENERAL, 'mine');
    await flushPromises();
    expect(wrapper.emitted('newest')).toHaveLength(3);
  });

  it('stays at the newest when the page around an old message comes too late', async () => {
    let answer: (answered: unknown) => void = () => undefined;
    connection.answer = () => new Promise((resolve) => (answer = resolve));
    const { wrapper, texts } = setUp(45);
    await emit(joined(151, 200));
    await wrapper.setProps({ seq: undefined });
    answer(page(20, 70, 200));
    await flushPromises();
    expect(texts().at(-1)).toBe('message 200');
  });

  it('does not take what is new for read while an old message is looked for', async () => {
    vi.useFakeTimers();
    try {
      connection.emit(joined(151, 200));
      const { reads } = setUp(45);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(connection.requests[0]).toMatchObject({ around: 45 });
      expect(reads()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('places the line of new messages before it takes them for read', async () => {
    useRooms().applyList([{ ...general, headSeq: 3, readSeq: 1, unread: 2 }]);
    connection.emit(joined(1, 3, { readSeq: 1 }));
    const { wrapper, reads } = setUp();
    await expect.poll(reads).toEqual([3]);
    expect(useRooms().room(GENERAL)?.unread).toBe(0);
    expect(wrapper.get('.separator.strong').text()).toBe('New messages');
  });

  it('says that the message of the address is not there', async () => {
    connection.answer = () => page(151, 200, 200);
    const { wrapper, texts } = setUp(999);
    await emit(joined(151, 200));
    expect(wrapper.get('.absence').text()).toBe('This message is not in this room.');
    expect(texts().at(-1)).toBe('message 200');
  });

  it('offers to look again for a message that could not be loaded, and goes on loading others', async () => {
    const busy = new ProtocolError({ code: 'busy', message: 'Later.', retryable: true });
    connection.answer = () => Promise.reject(busy);
    const { wrapper, list, scrollTo } = setUp(45);
    await emit(joined(151, 200));
    expect(wrapper.get('.absence').text()).not.toContain('not in this room');
    connection.answer = () => page(101, 150, 200);
    await scrollTo(0);
    expect(connection.requests.at(-1)).toMatchObject({ before: 151 });
    connection.answer = () => page(20, 70, 200);
    await wrapper.get('.absence button').trigger('click');
    await flushPromises();
    expect(wrapper.get('.highlighted .message-text').text()).toBe('message 45');
    expect(wrapper.find('.absence').exists()).toBe(false);
    expect(document.activeElement).toBe(list.element);
  });

  it('does not offer to look again for what will be refused again', async () => {
    const refusal = new ProtocolError({ code: 'not_member', message: 'No.', retryable: false });
    connection.answer = () => Promise.reject(refusal);
    const { wrapper } = setUp(45);
    await emit(joined(151, 200));
    expect(wrapper.find('.absence [role=alert]').exists()).toBe(true);
    expect(wrapper.find('.absence button').exists()).toBe(false);
  });

  it('marks as read what is seen at the end, at most once a second', async () => {
    vi.useFakeTimers();
    try {
      const { reads } = setUp();
      connection.emit(joined(1, 100));
      await vi.advanceTimersByTimeAsync(0);
      connection.emit(message(101));
      await vi.advanceTimersByTimeAsync(400);
      connection.emit(message(102));
      await vi.advanceTimersByTimeAsync(400);
      expect(reads()).toEqual([100]);
      await vi.advanceTimersByTimeAsync(400);
      expect(reads()).toEqual([100, 102]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('marks as read within a second although the clock of the machine is set back', async () => {
    vi.useFakeTimers();
    try {
      const { reads } = setUp();
      connection.emit(joined(1, 100));
      await vi.advanceTimersByTimeAsync(0);
      vi.setSystemTime(Date.now() - 2 * 60 * 60_000);
      connection.emit(message(101));
      await vi.advanceTimersByTimeAsync(1_000);
      expect(reads()).toEqual([100, 101]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('marks as read what was seen a moment before the room was left', async () => {
    const { reads, wrapper } = setUp();
    await emit(joined(1, 100));
    await expect.poll(reads).toEqual([100]);
    await emit(message(101));
    wrapper.unmount();
    expect(reads()).toEqual([100, 101]);
  });

  it('marks as read what was said about the room after the last message, too', async () => {
    const { reads } = setUp();
    await emit(joined(1, 100), membership('memberJoined', 101, 11, 'Pat'));
    await expect.poll(reads).toEqual([101]);
  });

  it('does not mark as read a room of which nothing is loaded', async () => {
    vi.useFakeTimers();
    try {
      const { reads } = setUp();
      connection.emit(joined(101, 100));
      await vi.advanceTimersByTimeAsync(2_000);
      expect(reads()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not mark as read what is below the screen', async () => {
    const { reads, scrollTo } = setUp();
    await emit(joined(1, 100));
    await expect.poll(reads).toEqual([100]);
    await scrollTo(1_000);
    await emit(message(101));
    await scrollTo(1_010);
    expect(reads()).toEqual([100]);
  });

  it('says that a room without messages begins here', async () => {
    const { wrapper } = setUp();
    await emit(joined(1, 0), membership('memberJoined', 1, 11, 'Pat'));
    expect(wrapper.get('.beginning').text()).toContain('No messages yet');
    await emit(message(2));
    expect(wrapper.get('.beginning').text()).not.toContain('No messages yet');
  });
});
