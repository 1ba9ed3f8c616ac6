import { flushPromises, mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { defineComponent, h, ref, watch } from 'vue';
import { lateDialog } from './late-dialog';

const Dialog = defineComponent({
  props: { open: Boolean, heading: { type: String, default: '' } },
  emits: ['update:open'],
  setup(props, { emit }) {
    const openings = ref(0);
    watch(
      () => props.open,
      (open) => {
        openings.value += Number(open);
      },
    );
    return () =>
      h('button', { onClick: () => emit('update:open', false) }, [
        `${props.heading} ${props.open ? 'open' : 'closed'}, opened ${openings.value} times`,
      ]);
  },
});

it('comes when it is first opened, and stays for the next time', async () => {
  const load = vi.fn(async () => ({ default: Dialog }));
  const wrapper = mount(lateDialog(load), { props: { open: false, heading: 'Rooms' } });
  await flushPromises();
  expect(load).not.toHaveBeenCalled();
  await wrapper.setProps({ open: true });
  await flushPromises();
  expect(wrapper.text()).toBe('Rooms open, opened 1 times');
  await wrapper.get('button').trigger('click');
  expect(wrapper.emitted('update:open')).toEqual([[false]]);
  await wrapper.setProps({ open: false });
  expect(wrapper.text()).toBe('Rooms closed, opened 1 times');
  await wrapper.setProps({ open: true });
  expect(wrapper.text()).toBe('Rooms open, opened 2 times');
  expect(load).toHaveBeenCalledOnce();
});

it('is asked for again after it could not be loaded', async () => {
  const load = vi.fn(async () => ({ default: Dialog }));
  load.mockRejectedValueOnce(new TypeError('no line'));
  const wrapper = mount(lateDialog(load), { props: { open: true } });
  await flushPromises();
  expect(wrapper.emitted('update:open')).toEqual([[false]]);
  await wrapper.setProps({ open: false });
  await wrapper.setProps({ open: true });
  await flushPromises();
  expect(wrapper.text()).toContain('open, opened 1 times');
});
