import { enableAutoUnmount, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/api/errors';
import { GENERAL } from '@/api/test/rooms';
import { field, submit } from '@/ui/test/finding';
import ReportMessageDialog from './ReportMessageDialog.vue';
import { createFakeConnection, type FakeConnection } from './test/fake-connection';

let connection: FakeConnection;
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

enableAutoUnmount(afterEach);
beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

function open() {
  const message = { room: GENERAL, seq: 5, text: 'Watches', how: 'report' } as const;
  return mount(ReportMessageDialog, { props: { open: true, message }, attachTo: document.body });
}

it('reports a message with a reason, and says so', async () => {
  connection.answer = () => ({ type: 'ok' });
  const view = open();
  expect(view.get('blockquote').text()).toBe('Watches');
  await submit(view);
  expect(view.get('[role=alert]').text()).toBe('Say in a few words what is wrong.');
  expect(connection.requests).toEqual([]);
  await field(view, 'What is wrong with it?').setValue(' Advertising ');
  await submit(view);
  expect(connection.requests).toEqual([
    { type: 'report', room: GENERAL, target: 5, reason: 'Advertising' },
  ]);
  expect(document.activeElement?.textContent).toContain('It is reported.');
});

it('keeps the reason when the server refuses', async () => {
  const body = { code: 'message_not_found', message: 'It is gone.', retryable: false } as const;
  connection.answer = () => Promise.reject(new ProtocolError(body));
  const view = open();
  await field(view, 'What is wrong with it?').setValue('Advertising');
  await submit(view);
  expect(view.get('[role=alert]').text()).toBe('It is gone.');
  expect(field(view, 'What is wrong with it?').element.value).toBe('Advertising');
});
