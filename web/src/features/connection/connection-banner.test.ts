import { enableAutoUnmount, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, reactive } from 'vue';
import type { Obstacle } from '@/api/obstacle';
import type { ConnectionState } from '@/api/socket';
import ConnectionBanner from './ConnectionBanner.vue';

const connection = reactive({
  state: { name: 'live' } as ConnectionState,
  replaying: false,
  obstacle: undefined as Obstacle | undefined,
  wake: vi.fn(),
});
vi.mock('./store', () => ({ useConnection: () => connection }));

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(connection, { state: { name: 'live' }, replaying: false, obstacle: undefined });
});
afterEach(() => {
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await nextTick();
}

async function lose(retryInMs: number): Promise<void> {
  connection.state = { name: 'waiting', retryAt: Date.now() + retryInMs };
  await nextTick();
}

describe('the banner', () => {
  it('counts down after a second of silence, and says so once', async () => {
    const banner = mount(ConnectionBanner);
    await lose(20_000);
    await pass(750);
    expect(banner.text()).toBe('');
    await pass(250);
    expect(banner.text()).toContain('Reconnecting in 19 s');
    await pass(1_000);
    expect(banner.text()).toContain('Reconnecting in 18 s');
    expect(banner.get('[aria-hidden]').text()).toBe('Reconnecting in 18 s');
    expect(banner.get('[role=status]').text()).toContain('The connection is lost.');
  });

  it('does not begin anew with each attempt', async () => {
    const banner = mount(ConnectionBanner);
    await lose(3_000);
    await pass(3_000);
    connection.state = { name: 'connecting' };
    await nextTick();
    await pass(2_000);
    expect(banner.text()).toContain('Reconnecting');
    expect(banner.find('button').exists()).toBe(false);
  });

  it('speaks up about a first attempt that hangs, too', async () => {
    connection.state = { name: 'connecting' };
    const banner = mount(ConnectionBanner);
    await pass(5_000);
    expect(banner.text()).toContain('Reconnecting');
  });

  it('says what stands in the way, when that is known', async () => {
    const banner = mount(ConnectionBanner);
    await lose(20_000);
    await pass(5_000);
    expect(banner.text()).not.toContain('proxy');
    connection.obstacle = 'noUpgrade';
    await nextTick();
    expect(banner.get('[role=status]').text()).toContain('does not pass WebSocket upgrades');
    expect(banner.text()).not.toContain('The connection is lost');
    connection.obstacle = 'noOrigin';
    await nextTick();
    expect(banner.text()).toContain('does not know this address');
  });

  it('lets the person try at once', async () => {
    const banner = mount(ConnectionBanner);
    await lose(20_000);
    await pass(5_000);
    await banner.get('button').trigger('click');
    expect(connection.wake).toHaveBeenCalledOnce();
  });

  it('stays until the replay is done', async () => {
    const banner = mount(ConnectionBanner);
    await lose(6_000);
    await pass(6_000);
    Object.assign(connection, { state: { name: 'live' }, replaying: true });
    await pass(250);
    expect(banner.text()).toContain('Catching up');
    connection.replaying = false;
    await nextTick();
    expect(banner.text()).toBe('');
  });
});
