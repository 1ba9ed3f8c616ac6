import { enableAutoUnmount, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import BaseTabs from './BaseTabs.vue';

enableAutoUnmount(afterEach);

const tabs = () =>
  mount(BaseTabs, {
    props: {
      label: 'Views',
      modelValue: 'one',
      tabs: [
        { id: 'one', label: 'One' },
        { id: 'two', label: 'Two' },
      ],
      'onUpdate:modelValue': (modelValue: string) => wrapper.setProps({ modelValue }),
    },
    slots: { one: 'First panel', two: 'Second panel' },
    attachTo: document.body,
  });
let wrapper: ReturnType<typeof tabs>;

describe('tabs', () => {
  it('show the chosen panel, named by its tab', () => {
    wrapper = tabs();
    const panel = wrapper.get('[role=tabpanel]');
    expect(panel.text()).toBe('First panel');
    const chosen = wrapper.get('[aria-selected=true]');
    expect(panel.attributes('aria-labelledby')).toBe(chosen.attributes('id'));
    expect(chosen.attributes('aria-controls')).toBe(panel.attributes('id'));
  });

  it('are one stop of Tab, from which arrows lead on', async () => {
    wrapper = tabs();
    expect(wrapper.findAll('[role=tab]').map((tab) => tab.attributes('tabindex'))).toEqual([
      '0',
      '-1',
    ]);
    await wrapper.get('[aria-selected=true]').trigger('keydown', { key: 'ArrowLeft' });
    expect(wrapper.get('[role=tabpanel]').text()).toBe('Second panel');
    expect(document.activeElement?.textContent).toContain('Two');
  });

  it('leave other keys alone', async () => {
    wrapper = tabs();
    await wrapper.get('[aria-selected=true]').trigger('keydown', { key: 'ArrowDown' });
    expect(wrapper.get('[role=tabpanel]').text()).toBe('First panel');
  });
});
