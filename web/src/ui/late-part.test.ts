import { flushPromises, mount } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { latePart } from './late-part';

const Part = defineComponent({
  props: { room: { type: Number, default: 0 } },
  emits: ['chosen'],
  setup:
    (props, { emit, slots }) =>
    () =>
      h('button', { onClick: () => emit('chosen', props.room) }, slots.default?.()),
});

it('takes its place with what it was given, as soon as it is there', async () => {
  let arrive = (_: { default: typeof Part }): void => undefined;
  const load = vi.fn(
    () =>
      new Promise<{ default: typeof Part }>((resolve) => {
        arrive = resolve;
      }),
  );
  const chosen = vi.fn();
  const wrapper = mount(latePart(load), {
    props: { room: 7, onChosen: chosen },
    slots: { default: () => 'Choose', waiting: () => 'One moment' },
  });
  expect(wrapper.text()).toBe('One moment');
  arrive({ default: Part });
  await flushPromises();
  expect(wrapper.text()).toBe('Choose');
  await wrapper.get('button').trigger('click');
  expect(chosen).toHaveBeenCalledExactlyOnceWith(7);
  expect(load).toHaveBeenCalledOnce();
});

it('is at its place at once the next time', async () => {
  const Late = latePart(async () => ({ default: Part }));
  mount(Late);
  await flushPromises();
  expect(mount(Late, { slots: { default: () => 'Choose' } }).text()).toBe('Choose');
});

it('is no longer asked for when its place has gone', async () => {
  vi.useFakeTimers();
  const load = vi.fn(() => Promise.reject<{ default: typeof Part }>(new TypeError('no line')));
  const wrapper = mount(latePart(load));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(load).toHaveBeenCalledTimes(2);
  wrapper.unmount();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(load).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
