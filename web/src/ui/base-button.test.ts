import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import BaseButton from './BaseButton.vue';

describe('a button', () => {
  it('acts once while it is busy, and keeps the focus', async () => {
    const onClick = vi.fn();
    const button = mount(BaseButton, { props: { onClick }, attachTo: document.body });
    button.element.focus();
    await button.trigger('click');
    await button.setProps({ busy: true });
    await button.trigger('click');
    expect(onClick).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(button.element);
    button.unmount();
  });

  it('does not send its form while it is busy', async () => {
    const onSubmit = vi.fn((event: Event) => event.preventDefault());
    const Form = defineComponent({
      props: { busy: Boolean },
      setup: (props) => () =>
        h('form', { onSubmit }, h(BaseButton, { type: 'submit', busy: props.busy })),
    });
    const form = mount(Form, { attachTo: document.body });
    form.get('button').element.click();
    expect(onSubmit).toHaveBeenCalledOnce();
    await form.setProps({ busy: true });
    form.get('button').element.click();
    expect(onSubmit).toHaveBeenCalledOnce();
    form.unmount();
  });
});
