import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { ProtocolError } from '@/api/errors';
import { GENERAL, TEA } from '@/api/test/rooms';
import {
  createFakeConnection,
  type FakeConnection,
} from '@/features/messages/test/fake-connection';
import { minute } from '@/features/messages/test/log-events';
import SearchPanel from './SearchPanel.vue';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

const hit = (seq: number, text: string, room = GENERAL) => ({
  type: 'message',
  kind: 'text',
  room,
  seq,
  at: minute(seq),
  userId: 9,
  name: 'Sam',
  text,
  clientId: `c${seq}`,
});
const found = (hits: unknown[], more = {}) => ({ type: 'found', hits, ...more });

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.useFakeTimers();
  connection = createFakeConnection();
  setActivePinia(createPinia());
});
afterEach(() => vi.useRealTimers());

async function panel(room = GENERAL) {
  const routes = [{ path: '/rooms/:room/:seq?', name: 'room', component: { template: '<i/>' } }];
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push('/rooms/general');
  const wrapper = mount(SearchPanel, { props: { room }, global: { plugins: [router] } });
  const type = async (text: string) => {
    await wrapper.get('input').setValue(text);
    vi.advanceTimersByTime(300);
    await flushPromises();
  };
  return { wrapper, router, type };
}

describe('the search', () => {
  it('says what can be looked for while nothing is', async () => {
    const { wrapper } = await panel();
    expect(wrapper.text()).toContain('from:Sam');
    expect(connection.requests).toEqual([]);
  });

  it('asks when somebody has typed, and marks what was found', async () => {
    connection.answer = () => found([hit(4, 'A red Herring')]);
    const { wrapper, type } = await panel();
    await wrapper.get('input').setValue('h');
    await type('herr');
    expect(connection.requests).toEqual([{ type: 'search', q: 'herr', room: GENERAL }]);
    expect(wrapper.get('mark').text()).toBe('Herr');
    expect(wrapper.get('a').attributes('href')).toContain('/4?pane=search');
  });

  it('asks all rooms when that is chosen', async () => {
    connection.answer = () => found([hit(4, 'herring', TEA)]);
    const { wrapper, type } = await panel();
    await type('herring');
    await wrapper.get('input[value="all"]').setValue();
    await flushPromises();
    expect(connection.requests.at(-1)).toEqual({ type: 'search', q: 'herring' });
  });

  it('shows another page behind the first', async () => {
    connection.answer = (frame) =>
      'before' in frame && frame.before === '7.0.0'
        ? found([hit(3, 'herring 3')])
        : found([hit(4, 'herring 4')], { next: '7.0.0' });
    const { wrapper, type } = await panel();
    await type('herring');
    await wrapper.get('.note button').trigger('click');
    await flushPromises();
    expect(wrapper.findAll('.text').map((each) => each.text())).toEqual(['herring 4', 'herring 3']);
    expect(wrapper.find('.note').exists()).toBe(false);
  });

  it('leaves a late answer to what nobody looks for any more', async () => {
    const answers: ((reply: unknown) => void)[] = [];
    connection.answer = () => new Promise((resolve) => answers.push(resolve));
    const { wrapper, type } = await panel();
    await type('one');
    await type('two');
    answers[1]?.(found([hit(5, 'two')]));
    answers[0]?.(found([hit(4, 'one')]));
    await flushPromises();
    expect(wrapper.findAll('.text').map((each) => each.text())).toEqual(['two']);
  });

  it('tells that nothing was found, and what went wrong, and asks again', async () => {
    connection.answer = () => found([]);
    const { wrapper, type } = await panel();
    await type('nothing');
    expect(wrapper.get('[role="status"]').text()).toContain('No message says that');
    connection.answer = () =>
      Promise.reject(new ProtocolError({ code: 'busy', message: 'No.', retryable: true }));
    await type('busy');
    expect(wrapper.get('[role="alert"]').text()).toContain('busy');
    connection.answer = () => found([hit(4, 'busy')]);
    await wrapper.get('[role="alert"] button').trigger('click');
    await flushPromises();
    expect(wrapper.get('mark').text()).toBe('busy');
  });

  it('tells how far it has looked, and how far the index is', async () => {
    connection.answer = () =>
      found([], { next: '7.0.0', searchedTo: minute(5), indexedTo: minute(7) });
    const { wrapper, type } = await panel();
    await type('rare');
    expect(wrapper.text()).toContain('Searched back to');
    expect(wrapper.text()).toContain('are being prepared');
  });

  it('has what was found when one comes back, and looks again in another room', async () => {
    connection.answer = () => found([hit(4, 'herring')]);
    const first = await panel();
    await first.type('herring');
    first.wrapper.unmount();
    const again = await panel();
    expect(again.wrapper.get('mark').text()).toBe('herring');
    expect(connection.requests).toHaveLength(1);
    again.wrapper.unmount();
    await panel(TEA);
    expect(connection.requests.at(-1)).toEqual({ type: 'search', q: 'herring', room: TEA });
  });

  it('goes to the first message by Enter', async () => {
    connection.answer = () => found([hit(4, 'herring')]);
    const { wrapper, router, type } = await panel();
    await type('herring');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(router.currentRoute.value.params.seq).toBe('4');
  });
});
