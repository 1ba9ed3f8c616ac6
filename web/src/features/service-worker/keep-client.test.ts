import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

vi.mock('@/app/router', () => ({ router: {} }));
vi.mock('@/features/notifications/push', () => ({ renewPush: async () => {} }));

/** A worker that says that it is of this version, and notes what it is told. */
class FakeWorker extends EventTarget {
  state = 'installing';
  readonly told: unknown[] = [];

  constructor(private readonly version: string) {
    super();
  }

  postMessage(message: unknown, [port]: MessagePort[] = []): void {
    if (message === 'version') {
      port?.postMessage(this.version);
    } else {
      this.told.push(message);
    }
  }

  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting = null;
  active: object | null = {};
  update = vi.fn(async () => {});
}

let registration: FakeRegistration;
let register: ReturnType<typeof vi.fn>;
let keepClient: () => Promise<void>;

beforeEach(async () => {
  registration = new FakeRegistration();
  register = vi.fn(async () => registration);
  const container = Object.assign(new EventTarget(), { register, controller: null });
  vi.stubGlobal('navigator', { serviceWorker: container });
  vi.useFakeTimers({ toFake: ['setInterval'] });
  document.head.innerHTML = '<meta name="version" content="v2" />';
  vi.resetModules();
  ({ keepClient } = await import('./keep-client'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('meets a worker that is being installed already, once', async () => {
  const worker = new FakeWorker('v2');
  registration.installing = worker;
  await keepClient();
  registration.dispatchEvent(new Event('updatefound'));
  worker.becomes('installed');
  await vi.waitFor(() => expect(worker.told).toEqual(['take over']));
  await flushPromises();
  expect(worker.told).toHaveLength(1);
});

it('meets one that is found later', async () => {
  await keepClient();
  const worker = new FakeWorker('v2');
  registration.installing = worker;
  registration.dispatchEvent(new Event('updatefound'));
  worker.becomes('installed');
  await vi.waitFor(() => expect(worker.told).toEqual(['take over']));
});

it('leaves the first one to itself', async () => {
  const worker = new FakeWorker('v2');
  Object.assign(registration, { installing: worker, active: null });
  await keepClient();
  const asked = vi.spyOn(worker, 'postMessage');
  worker.becomes('installed');
  await flushPromises();
  expect(asked).not.toHaveBeenCalled();
});

it('tries anew after the browser refused', async () => {
  register.mockRejectedValueOnce(new TypeError('no line'));
  await expect(keepClient()).rejects.toThrow('no line');
  await keepClient();
  expect(register).toHaveBeenCalledTimes(2);
  await keepClient();
  expect(register).toHaveBeenCalledTimes(2);
  expect(registration.update).toHaveBeenCalledTimes(1);
});
