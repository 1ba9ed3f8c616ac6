import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import { ProtocolError } from '@/api/errors';
import { GENERAL, slugOf, TECH } from '@/api/test/rooms';
import { useMessages } from '@/features/messages';
import { useOutbox } from '@/features/messages/outbox/store';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import { listenForShortcuts } from '@/features/shortcuts';
import { keepOnlyDraftsOf, readDraft, writeDraft } from './drafts';
import MessageComposer from './MessageComposer.vue';
import { messageLength, remainingCharacters } from './message-length';
import { TYPING_INTERVAL_MS, TypingThrottle } from './typing-throttle';
import { loadTypingTools } from './use-typing-tools';

const MAIN = { room: GENERAL, thread: null };

let connection: FakeConnection;

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));
vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }));

beforeEach(async () => {
  await loadTypingTools();
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({
    user: { userId: 7, name: 'Alex', kind: 'guest' },
    limits: {
      messageLength: 300,
      historyPage: 200,
      roomsPerPerson: 100,
      fileBytes: 16_777_216,
      filesPerMessage: 10,
    },
  });
});

function mountComposer(room = GENERAL) {
  const wrapper = mount(MessageComposer, {
    props: { room, label: `#${slugOf(room)}` },
    attachTo: document.body,
  });
  mounted.push(wrapper);
  const send = vi.spyOn(useMessages(), 'send');
  const field = wrapper.get('textarea');
  return { wrapper, field, send, value: () => field.element.value };
}

/** Enters a command that is not answered yet; answers how the server refuses it. */
async function enterCommand(
  field: ReturnType<typeof mountComposer>['field'],
  text: string,
): Promise<() => Promise<void>> {
  let reject: (error: Error) => void = () => undefined;
  connection.answer = () =>
    new Promise((_resolve, rejected) => {
      reject = rejected;
    });
  await field.setValue(text);
  await field.trigger('keydown', { key: 'Enter' });
  await vi.dynamicImportSettled();
  await flushPromises();
  return async () => {
    reject(new ProtocolError({ code: 'busy', message: 'No.', retryable: true }));
    await flushPromises();
  };
}

/** Hears the shortcuts of the page; answers how to stop. */
function listen(): () => void {
  const scope = effectScope();
  scope.run(listenForShortcuts);
  return () => scope.stop();
}

const mounted: { unmount(): void }[] = [];

afterEach(() => {
  for (const wrapper of mounted.splice(0)) {
    wrapper.unmount();
  }
});

describe('the composer', () => {
  it('sends on Enter and is empty then', async () => {
    const { field, send, value } = mountComposer();
    await field.setValue('hello');
    await field.trigger('keydown', { key: 'Enter' });
    expect(send).toHaveBeenCalledExactlyOnceWith(GENERAL, 'hello', {});
    expect(value()).toBe('');
  });

  it.each([
    ['Shift+Enter', { shiftKey: true }],
    ['Enter of an input method', { isComposing: true }],
    ['Enter of an input method in Safari', { keyCode: 229 }],
  ])('does not send on %s', async (_, fields) => {
    const { field, send, value } = mountComposer();
    await field.setValue('hello');
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true });
    for (const [name, set] of Object.entries(fields)) {
      Object.defineProperty(event, name, { value: set });
    }
    field.element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
    expect(send).not.toHaveBeenCalled();
    expect(value()).toBe('hello');
  });

  it('leaves out a character that the server refuses and nobody sees', async () => {
    const { field, send } = mountComposer();
    await field.setValue('hel\0lo\0');
    await field.trigger('keydown', { key: 'Enter' });
    expect(send).toHaveBeenCalledExactlyOnceWith(GENERAL, 'hello', {});
  });

  it('sends nothing that is empty after trimming', async () => {
    const { field, send } = mountComposer();
    await field.setValue('  \n ');
    await field.trigger('keydown', { key: 'Enter' });
    expect(send).not.toHaveBeenCalled();
  });

  it('keeps a text that is too long, and says so until it is changed', async () => {
    const { wrapper, field, send, value } = mountComposer();
    await field.setValue('x'.repeat(301));
    await field.trigger('keydown', { key: 'Enter' });
    expect(send).not.toHaveBeenCalled();
    expect(value()).toHaveLength(301);
    expect(wrapper.get('[role=alert]').text()).toContain('at most 300 characters');
    await field.setValue('x'.repeat(300));
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
  });

  it('counts near the limit', async () => {
    const { wrapper, field } = mountComposer();
    await field.setValue('x'.repeat(99));
    expect(wrapper.find('.counter').exists()).toBe(false);
    await field.setValue('x'.repeat(100));
    expect(wrapper.get('.counter').text()).toBe('200 characters left');
    await field.setValue('x'.repeat(301));
    expect(wrapper.get('.counter').text()).toBe('1 character too many');
  });

  it('takes in no more than a page can lay out at once, and says so', async () => {
    const { wrapper, field, value } = mountComposer();
    await field.setValue('before');
    const paste = (length: number) => {
      const init = { inputType: 'insertFromPaste', cancelable: true, data: 'x'.repeat(length) };
      const event = new InputEvent('beforeinput', init);
      field.element.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(paste(19_000)).toBe(false);
    expect(paste(1_000_000)).toBe(true);
    await nextTick();
    expect(value()).toBe('before');
    expect(wrapper.get('[role=alert]').text()).toContain('1,000,006 characters');
    await field.setValue('after');
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
  });

  it('lets one who has more than it takes in make it less', async () => {
    writeDraft({ userId: 7, room: GENERAL }, 'x'.repeat(21_000));
    const { field } = mountComposer();
    const isTaken = (inputType: string, data: string | null) =>
      field.element.dispatchEvent(
        new InputEvent('beforeinput', { inputType, data, cancelable: true }),
      );
    expect(isTaken('deleteContentBackward', null)).toBe(true);
    expect(isTaken('insertText', 'y')).toBe(false);
  });

  it('has the keyboard again on Escape, and when somebody types where nothing takes it', () => {
    const { field } = mountComposer();
    const press = (target: Element, key: string, init: KeyboardEventInit = {}) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
      event.getModifierState = () => false;
      target.dispatchEvent(event);
      const had = document.activeElement === field.element;
      field.element.blur();
      return had;
    };
    const stop = listen();
    expect(press(document.body, 'Escape')).toBe(true);
    expect(press(field.element, 'Escape')).toBe(true);
    expect(press(document.body, 'h')).toBe(true);
    const other = document.body.appendChild(document.createElement('input'));
    expect(press(other, 'h')).toBe(false);
    other.remove();
    expect(press(document.body, 'c', { ctrlKey: true })).toBe(false);
    expect(press(document.body, ' ')).toBe(false);
    const layer = document.body.appendChild(document.createElement('div'));
    layer.dataset.openLayer = '';
    expect(press(document.body, 'h')).toBe(false);
    layer.remove();
    stop();
  });

  it('erases the drafts of others', () => {
    writeDraft({ userId: 7, room: GENERAL }, 'of Alex');
    writeDraft({ userId: 77, room: GENERAL }, 'of Sam');
    keepOnlyDraftsOf(77);
    expect(readDraft({ userId: 7, room: GENERAL })).toBe('');
    expect(readDraft({ userId: 77, room: GENERAL })).toBe('of Sam');
    keepOnlyDraftsOf(null);
    expect(readDraft({ userId: 77, room: GENERAL })).toBe('');
  });

  it('keeps a draft for each room and person', async () => {
    await mountComposer(GENERAL).field.setValue('for general');
    await mountComposer(TECH).field.setValue('for tech');
    expect(mountComposer(GENERAL).value()).toBe('for general');
    expect(mountComposer(TECH).value()).toBe('for tech');
    useSession().$patch({ user: { userId: 8, name: 'Sam', kind: 'guest' } });
    expect(mountComposer(GENERAL).value()).toBe('');
  });

  it('has no draft of what was sent', async () => {
    const { field } = mountComposer();
    await field.setValue('hello');
    await field.trigger('keydown', { key: 'Enter' });
    expect(mountComposer().value()).toBe('');
  });

  it('leaves the draft that another tab has of the same room', async () => {
    const { field } = mountComposer();
    await field.setValue('hello');
    writeDraft({ userId: 7, room: GENERAL }, 'in another tab');
    await field.trigger('keydown', { key: 'Enter' });
    expect(readDraft({ userId: 7, room: GENERAL })).toBe('in another tab');
  });

  it.each([
    ['puts its draft back after another tab sent another text', 'elsewhere', 'here'],
    ['has no draft any more of what another tab sent', 'here', ''],
  ])('%s', async (_, oldValue, left) => {
    const { field } = mountComposer();
    await field.setValue('here');
    const key = localStorage.key(0);
    localStorage.clear();
    window.dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue: null }));
    expect(readDraft({ userId: 7, room: GENERAL })).toBe(left);
  });

  it('takes back a text that the server refused, above what was written since', async () => {
    const { wrapper, field, value } = mountComposer();
    await field.setValue('second');
    useOutbox().giveBack(MAIN, { text: 'first', message: 'Too long.' });
    await expect.poll(value).toBe('first\nsecond');
    expect(wrapper.get('[role=alert]').text()).toBe('Too long.');
    expect(useOutbox().returnedTo(MAIN)).toBeUndefined();
  });

  it('has a refused command and its reason when one comes back to its room', async () => {
    const { wrapper, field } = mountComposer();
    const refuse = await enterCommand(field, '/nick Sam');
    wrapper.unmount();
    expect(mountComposer(TECH).value()).toBe('');
    await refuse();
    const back = mountComposer();
    expect(back.value()).toBe('/nick Sam');
    expect(back.wrapper.get('[role=alert]').text()).toBe('The server is busy. Try again.');
  });

  it('still says why a text was refused after a look into another room, but not of what has gone', async () => {
    const { wrapper, field } = mountComposer();
    await (await enterCommand(field, '/nick Sam'))();
    expect(wrapper.find('[role=alert]').exists()).toBe(true);
    wrapper.unmount();
    expect(mountComposer(TECH).wrapper.find('[role=alert]').exists()).toBe(false);
    const back = mountComposer();
    expect(back.value()).toBe('/nick Sam');
    expect(back.wrapper.get('[role=alert]').text()).toBe('The server is busy. Try again.');
    back.wrapper.unmount();
    localStorage.clear();
    expect(mountComposer().wrapper.find('[role=alert]').exists()).toBe(false);
  });

  it('does not show a refused command to the next person', async () => {
    const { field, value } = mountComposer();
    const refuse = await enterCommand(field, '/nick Sam');
    useSession().$patch({ user: { userId: 8, name: 'Pat', kind: 'guest' } });
    await refuse();
    expect([value(), useOutbox().returnedTo(MAIN)]).toEqual(['', undefined]);
  });

  it('takes back all that was refused while it was away', async () => {
    mountComposer().wrapper.unmount();
    useOutbox().giveBack(MAIN, { text: 'first', message: 'Too long.' });
    useOutbox().giveBack(MAIN, { text: '/nik', message: null });
    const { wrapper, value } = mountComposer();
    await nextTick();
    expect(value()).toBe('first\n/nik');
    expect(wrapper.get('[role=alert]').text()).toBe('Too long.');
  });

  it('tells that somebody types, not with every letter, and not for nothing or a command', async () => {
    const { field } = mountComposer();
    await field.setValue(' ');
    await field.setValue('/nick Al');
    expect(connection.notified).toEqual([]);
    await field.setValue('h');
    await field.setValue('he');
    expect(connection.notified).toEqual([{ type: 'typing', room: GENERAL }]);
  });
});

describe('the composer of one whose clock is set back', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('goes on telling that somebody types', async () => {
    const { field } = mountComposer();
    await field.setValue('h');
    vi.setSystemTime(Date.now() - 2 * 60 * 60_000);
    vi.advanceTimersByTime(TYPING_INTERVAL_MS + 1);
    // Not by the wrapper, which puts the time of the wall clock on its events.
    field.element.value = 'he';
    field.element.dispatchEvent(new Event('input'));
    expect(connection.notified).toHaveLength(2);
  });
});

describe('the typing throttle', () => {
  it('lets one through per interval, and at once after a message', () => {
    let now = 0;
    const throttle = new TypingThrottle(() => now);
    expect(throttle.shouldTell(GENERAL)).toBe(true);
    expect(throttle.shouldTell(GENERAL)).toBe(false);
    expect(throttle.shouldTell(TECH)).toBe(true);
    now = TYPING_INTERVAL_MS;
    expect(throttle.shouldTell(GENERAL)).toBe(true);
    throttle.ended(GENERAL);
    expect(throttle.shouldTell(GENERAL)).toBe(true);
  });
});

describe('the length of a message', () => {
  it('is counted in characters as the server does', () => {
    expect(messageLength('  héllo \n')).toBe(5);
    expect(messageLength('👍👍')).toBe(2);
  });

  it('is told from 200 characters before the limit', () => {
    expect(remainingCharacters('x'.repeat(1_799), 2_000)).toBeNull();
    expect(remainingCharacters('x'.repeat(1_800), 2_000)).toBe(200);
    expect(remainingCharacters('👍'.repeat(1_000), 2_000)).toBeNull();
    expect(remainingCharacters('x'.repeat(2_001), 2_000)).toBe(-1);
  });
});
