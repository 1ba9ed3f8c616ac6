import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { GENERAL } from '@/api/test/rooms';
import ReplyQuote from './ReplyQuote.vue';
import { useMessages } from './store';
import { createFakeConnection, type FakeConnection } from './test/fake-connection';
import { message } from './test/log-events';

let connection: FakeConnection;

vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(() => {
  connection = createFakeConnection();
  setActivePinia(createPinia());
});

function quote(seq: number) {
  return mount(ReplyQuote, { props: { room: GENERAL, seq } });
}

/** A server that has these messages. */
function serves(...seqs: number[]): void {
  connection.answer = (frame) => {
    const around = 'around' in frame ? (frame.around ?? 0) : 0;
    const messages = seqs.filter((seq) => seq === around).map((seq) => message(seq));
    return Promise.resolve({
      messages,
      events: [],
      eventsFrom: around,
      hasBefore: true,
      hasAfter: true,
    });
  };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  await nextTick();
}

describe('the line of the message that is answered', () => {
  it('shows who said what, as it is now', async () => {
    const { applyEvent } = useMessages();
    applyEvent(message(5, { text: 'Shall we meet?' }));
    const line = quote(5);
    expect(line.text()).toContain('SamShall we meet?');
    applyEvent({ ...message(6), type: 'messageEdited', target: 5, text: 'Shall we go?' } as never);
    await nextTick();
    expect(line.text()).toContain('Shall we go?');
    applyEvent({ ...message(7), type: 'messageDeleted', target: 5 } as never);
    await nextTick();
    expect(line.text()).toContain('This message was deleted.');
    expect(line.text()).not.toContain('Shall we');
    expect(connection.requests).toEqual([]);
  });

  it('loads a message of long ago once, whoever answers it, and follows its changes', async () => {
    serves(5);
    const lines = [quote(5), quote(5)];
    await settled();
    expect(lines.map((line) => line.text().includes('message 5'))).toEqual([true, true]);
    expect(connection.requests).toHaveLength(1);
    useMessages().applyEvent({ ...message(90), type: 'messageDeleted', target: 5 } as never);
    await nextTick();
    expect(lines[0]?.text()).toContain('This message was deleted.');
  });

  it('says that it is not here', async () => {
    serves();
    const line = quote(5);
    await settled();
    expect(line.text()).toBe('This message is not here.');
  });

  it('waits for a connection', async () => {
    serves(5);
    connection.state = { name: 'reconnecting' };
    const line = quote(5);
    await settled();
    expect(connection.requests).toEqual([]);
    connection.state = { name: 'live' };
    await settled();
    expect(line.text()).toContain('message 5');
  });
});
