import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import { GENERAL } from '@/api/test/rooms';
import { useEmoji } from '@/features/emoji';
import { useMessages } from '@/features/messages';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { useSession } from '@/features/session/store';
import MessageComposer from './MessageComposer.vue';
import { loadTypingTools } from './use-typing-tools';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));
vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }));

const mounted: { unmount(): void }[] = [];

beforeEach(async () => {
  await loadTypingTools();
  localStorage.clear();
  connection = createFakeConnection();
  setActivePinia(createPinia());
  useSession().$patch({ user: { userId: 7, name: 'Alex', kind: 'guest' } });
});

afterEach(() => {
  for (const wrapper of mounted.splice(0)) {
    wrapper.unmount();
  }
});

function mountComposer() {
  const wrapper = mount(MessageComposer, {
    props: { room: GENERAL, label: '#general' },
    attachTo: document.body,
  });
  mounted.push(wrapper);
  const send = vi.spyOn(useMessages(), 'send');
  const field = wrapper.get('textarea');
  return {
    wrapper,
    field,
    send,
    value: () => field.element.value,
    type: (text: string) => field.setValue(text),
    press: async (key: string) => {
      await field.trigger('keydown', { key });
      // A command is carried out by what comes in a file of its own.
      await vi.dynamicImportSettled();
      await flushPromises();
    },
    active: () => wrapper.findAll('[aria-selected=true] .label').at(0)?.text() ?? null,
    offers: () => wrapper.findAll('[role=option]').length,
  };
}

describe('the list of proposals', () => {
  it('is told to whoever does not see it', async () => {
    const { wrapper, field, type, press } = mountComposer();
    expect(field.attributes('aria-controls')).toBeUndefined();
    await type('/l');
    const list = wrapper.get('[role=listbox]');
    expect(list.attributes('aria-label')).toBe('Commands');
    expect(field.attributes('aria-controls')).toBe(list.attributes('id'));
    expect(field.attributes('aria-activedescendant')).toBeUndefined();
    await press('ArrowDown');
    expect(field.attributes('aria-activedescendant')).toBe(
      wrapper.get('[aria-selected=true]').attributes('id'),
    );
    expect(wrapper.get('[role=status]').text()).toBe('2 suggestions');
  });

  it('is gone through with the arrow keys, in a circle', async () => {
    const { type, press, active } = mountComposer();
    await type('/l');
    const seen = [active()];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) {
      await press(key);
      seen.push(active());
    }
    expect(seen).toEqual([null, '/leave', '/logout', '/leave']);
    await type('/le');
    await press('ArrowUp');
    expect(active()).toBe('/leave');
  });

  it.each([['Tab'], ['ArrowDown', 'Tab'], ['ArrowUp', 'Enter']])(
    'is chosen from with %s %s',
    async (...keys) => {
      const { type, press, value, send, offers } = mountComposer();
      await type('/ni');
      for (const key of keys) {
        await press(key);
      }
      expect(value()).toBe('/nick ');
      expect(offers()).toBe(0);
      expect(send).not.toHaveBeenCalled();
    },
  );

  it('takes nothing that nobody chose', async () => {
    const { wrapper, type, press, send, value } = mountComposer();
    await type('ratio :100');
    await wrapper.get('[role=option]').trigger('pointermove');
    await press('Enter');
    expect(send).toHaveBeenCalledExactlyOnceWith(GENERAL, 'ratio :100', {});
    expect(value()).toBe('');
    await type('/ni');
    await press('ArrowDown');
    await type('/nic');
    await press('Enter');
    expect(connection.requests.at(-1)).toMatchObject({ type: 'say', text: '/nic' });
  });

  it('puts what is chosen in as if it were typed, for the sake of undo', async () => {
    const { type, press, field, value } = mountComposer();
    const typed: unknown[] = [];
    Object.defineProperty(document, 'execCommand', {
      configurable: true,
      value: (command: string, _: boolean, text: string) => {
        typed.push([command, text, field.element.selectionStart, field.element.selectionEnd]);
        field.element.setRangeText(text, 3, 8, 'end');
        field.element.dispatchEvent(new Event('input'));
        return true;
      },
    });
    await type('hi :smil');
    await press('Tab');
    expect(typed).toEqual([['insertText', '😄 ', 3, 8]]);
    expect(value()).toBe('hi 😄 ');
    Reflect.deleteProperty(document, 'execCommand');
  });

  it('is chosen from by a click, which leaves the focus where it is', async () => {
    const { wrapper, field, type, value } = mountComposer();
    field.element.focus();
    await type('hi :smil');
    const press = new MouseEvent('pointerdown', { bubbles: true, cancelable: true });
    wrapper.get('[role=option]').element.dispatchEvent(press);
    expect(press.defaultPrevented).toBe(true);
    await wrapper.get('[role=option]').trigger('click');
    await flushPromises();
    expect(value()).toBe('hi 😄 ');
    expect(field.element.selectionStart).toBe(value().length);
  });

  it('closes on Escape, and opens again with the next letter', async () => {
    const { type, press, offers, field } = mountComposer();
    await type('/l');
    await press('Escape');
    expect(offers()).toBe(0);
    expect(document.activeElement).toBe(field.element);
    await type('/le');
    expect(offers()).toBe(1);
  });

  it('lets Enter send a command that is complete', async () => {
    const { type, press, value } = mountComposer();
    await type('/who');
    await press('Enter');
    expect(connection.requests).toMatchObject([{ type: 'say', text: '/who' }]);
    expect(value()).toBe('');
  });
});

describe('what is sent', () => {
  it('has emoji for emoticons, unless that is switched off', async () => {
    const { type, press, send } = mountComposer();
    await type('hello :)');
    await press('Enter');
    expect(send).toHaveBeenLastCalledWith(GENERAL, 'hello 🙂', {});
    useEmoji().enabled = false;
    await type('hello :)');
    await press('Enter');
    expect(send).toHaveBeenLastCalledWith(GENERAL, 'hello :)', {});
  });

  it('is as long as it is sent', async () => {
    useSession().applyLimits({
      messageLength: 2,
      historyPage: 200,
      roomsPerPerson: 100,
      fileBytes: 16_777_216,
      filesPerMessage: 10,
    });
    const { type, press, send } = mountComposer();
    await type(':tada: :tada:');
    await press('Enter');
    expect(send).not.toHaveBeenCalled();
    await type(':tada::tada:');
    await press('Enter');
    expect(send).toHaveBeenCalledExactlyOnceWith(GENERAL, '🎉🎉', {});
  });

  it('may begin with a slash that was typed twice', async () => {
    const { type, press, send } = mountComposer();
    await type('//who is a command');
    await press('Enter');
    expect(send).toHaveBeenCalledExactlyOnceWith(GENERAL, '/who is a command', {});
  });

  it('comes back with both slashes when the server refuses it', async () => {
    const { type, press, value } = mountComposer();
    const body = { code: 'message_too_long', message: 'Too long.', retryable: false } as const;
    connection.answer = () => Promise.reject(new ProtocolError(body));
    await type('//who is a command');
    await press('Enter');
    await expect.poll(value).toBe('//who is a command');
  });

  it('comes back when the command cannot be carried out', async () => {
    connection.state = { name: 'waiting' };
    const { wrapper, type, press, value } = mountComposer();
    await type('/leave');
    await press('Enter');
    expect(value()).toBe('/leave');
    expect(wrapper.get('[role=alert]').text()).toContain('You are offline');
  });
});
