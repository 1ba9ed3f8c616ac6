import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { h } from 'vue';
import BaseMenu from './BaseMenu.vue';
import { teachPopover } from './test/popover';

beforeAll(teachPopover);
enableAutoUnmount(afterEach);

const reply = vi.fn();
const copy = vi.fn();
beforeEach(() => {
  reply.mockReset();
  copy.mockReset();
});

function menu() {
  const wrapper = mount(BaseMenu, {
    props: {
      label: 'Message',
      groups: [
        [
          { label: 'Reply', select: reply },
          { label: 'Pinned', checked: true, select: () => undefined },
        ],
        [{ label: 'Copy', disabled: true, select: copy }],
      ],
    },
    slots: {
      trigger: ({ trigger }: { trigger: Record<string, unknown> }) =>
        h('button', { ...trigger, id: 'trigger' }, 'More'),
    },
    attachTo: document.body,
  });
  const press = async (key: string) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await flushPromises();
  };
  return {
    wrapper,
    press,
    trigger: wrapper.get<HTMLButtonElement>('#trigger'),
    open: async () => {
      wrapper.get<HTMLButtonElement>('#trigger').element.focus();
      await wrapper.get('#trigger').trigger('click');
      await flushPromises();
    },
    focused: () => document.activeElement?.textContent,
  };
}

describe('a menu', () => {
  it('holds nothing while it is closed', async () => {
    const { wrapper, open, trigger } = menu();
    expect(wrapper.find('[role=menuitem]').exists()).toBe(false);
    expect(trigger.attributes('aria-expanded')).toBe('false');
    await open();
    expect(wrapper.findAll('[role^=menuitem]').map((item) => item.text())).toEqual([
      'Reply',
      'Pinned',
      'Copy',
    ]);
    expect(trigger.attributes('aria-expanded')).toBe('true');
    expect(trigger.attributes('aria-controls')).toBe(wrapper.get('[role=menu]').attributes('id'));
  });

  it('says what an item is', async () => {
    const { wrapper, open } = menu();
    await open();
    expect(wrapper.get('[role=menuitemcheckbox]').attributes('aria-checked')).toBe('true');
    expect(wrapper.findAll('[role=menuitem]').at(-1)?.attributes('aria-disabled')).toBe('true');
    expect(wrapper.findAll('hr')).toHaveLength(1);
  });

  it('takes the focus, leads it around, and gives it back', async () => {
    const { open, press, focused, trigger, wrapper } = menu();
    await open();
    expect(focused()).toBe('Reply');
    await press('ArrowUp');
    expect(focused()).toBe('Copy');
    await press('ArrowDown');
    expect(focused()).toBe('Reply');
    await press('p');
    expect(focused()).toBe('Pinned');
    await press('End');
    expect(focused()).toBe('Copy');
    await press('Tab');
    expect(document.activeElement).toBe(trigger.element);
    expect(wrapper.find('[role=menuitem]').exists()).toBe(false);
  });

  it.each([
    ['ArrowDown', 'Reply'],
    ['ArrowUp', 'Copy'],
  ])('opens with %s at %s', async (key, expected) => {
    const { trigger, press, focused } = menu();
    trigger.element.focus();
    await press(key);
    expect(focused()).toBe(expected);
  });

  it('is gone, and the focus back, when its item acts', async () => {
    const { wrapper, open, trigger } = menu();
    await open();
    reply.mockImplementation(() => expect(document.activeElement).toBe(trigger.element));
    await wrapper.get('[role=menuitem]').trigger('click');
    expect(reply).toHaveBeenCalledOnce();
    expect(wrapper.find('[role=menuitem]').exists()).toBe(false);
  });

  it('does nothing for an item that is disabled, and stays', async () => {
    const { wrapper, open } = menu();
    await open();
    await wrapper.findAll('[role=menuitem]').at(-1)?.trigger('click');
    expect(copy).not.toHaveBeenCalled();
    expect(wrapper.find('[role=menuitem]').exists()).toBe(true);
  });
});
