import { mount, RouterLinkStub } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GENERAL } from '@/api/test/rooms';
import { dayName } from '@/features/clock/times';
import ActionLine from './ActionLine.vue';
import { layout } from './layout/layout';
import MessageBubble from './MessageBubble.vue';
import MessageText from './MessageText.vue';
import type { MembershipPart, MembershipRow, MessageRow, Notice, Person } from './rows';
import SystemLine from './SystemLine.vue';
import { minute, SAM } from './test/log-events';

const row: MessageRow = {
  kind: 'message',
  key: 'm5',
  seq: 5,
  clientId: 'client-5',
  userId: SAM,
  name: 'Sam',
  text: 'hello',
  messageKind: 'text',
  replyTo: null,
  thread: null,
  threadInfo: null,
  attachments: [],
  files: [],
  edited: false,
  deleted: false,
  reactions: [],
  pinned: false,
  at: minute(0),
  own: false,
  head: true,
  delivery: 'sent',
  problem: null,
};

beforeEach(() => setActivePinia(createPinia()));

function bubble(fields: Partial<MessageRow>) {
  return mount(MessageBubble, {
    props: { room: GENERAL, row: { ...row, ...fields }, address: 'general' },
    global: { stubs: { RouterLink: RouterLinkStub } },
  });
}

function people(...names: string[]): Person[] {
  return names.map((name, index) => ({ userId: index + 1, name }));
}

function membershipLine(...parts: MembershipPart[]): string {
  const line: MembershipRow = { kind: 'membership', key: 's1', seq: 1, parts };
  return mount(SystemLine, { props: { row: line } }).text();
}

/** A script comes when the machine has time for it. */
const WHILE_IT_LOADS = { timeout: 30_000 };

describe('a message that was changed', () => {
  it('says that it was edited', () => {
    expect(bubble({ edited: true }).get('.bubble').text()).toBe('hello edited');
    expect(bubble({}).find('.edited').exists()).toBe(false);
  });

  it('leaves a tombstone when it was deleted', () => {
    const gone = bubble({ deleted: true, text: '' });
    expect(gone.get('.bubble').text()).toBe('This message was deleted.');
    expect(gone.get('.author').text()).toBe('Sam');
  });
});

describe('the text of a message', () => {
  it('is shown as it was written, markup included', () => {
    const text = '<img src=x onerror=alert(1)>\n  two  spaces & "quotes"';
    const wrapper = mount(MessageText, { props: { text } });
    expect(wrapper.element.textContent).toBe(text);
    expect(wrapper.find('img').exists()).toBe(false);
  });

  it('has links that open elsewhere and tell nothing of this page', () => {
    const wrapper = mount(MessageText, { props: { text: 'see https://example.org/a, please' } });
    expect(wrapper.element.textContent).toBe('see https://example.org/a, please');
    expect(wrapper.get('a').attributes()).toMatchObject({
      href: 'https://example.org/a',
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
    });
  });
});

describe('the marks in a message', () => {
  it('are shown as what they mean, each its own element', () => {
    const wrapper = mount(MessageText, {
      props: { text: '*a* **b** ~~c~~ `d` [e](https://f.example)' },
    });
    expect(wrapper.text()).toBe('a b c d e');
    for (const [name, text] of Object.entries({
      em: 'a',
      strong: 'b',
      del: 'c',
      code: 'd',
      a: 'e',
    })) {
      expect(wrapper.get(name).text()).toBe(text);
    }
    expect(wrapper.get('a').attributes('title')).toBe('https://f.example/');
  });

  it('make blocks as soon as their script is there, but not within a sentence', async () => {
    const text = 'so:\n- a\n- b\n\n```js\nlet c;\n```';
    const wrapper = mount(MessageText, { props: { text } });
    await vi.waitFor(() => expect(wrapper.findAll('li')).toHaveLength(2), WHILE_IT_LOADS);
    expect(wrapper.get('.language').text()).toBe('js');
    await vi.waitFor(
      () => expect(wrapper.get('pre .code-keyword').text()).toBe('let'),
      WHILE_IT_LOADS,
    );
    expect(wrapper.get('pre').text()).toBe('let c;');
    const inline = mount(MessageText, { props: { text, inline: true } });
    expect(inline.find('ul').exists()).toBe(false);
  });

  it('hide a spoiler until it is asked for, also from screen readers', async () => {
    const wrapper = mount(MessageText, {
      props: { text: 'it was ||the *gardener*||', rowKey: 'm1' },
    });
    const hidden = wrapper.get('[role=button]');
    expect(hidden.attributes('aria-label')).toBe('Spoiler. Show it');
    expect(hidden.get('span').attributes('aria-hidden')).toBe('true');
    await hidden.trigger('keydown', { key: 'Enter' });
    expect(wrapper.get('.spoiler em').text()).toBe('gardener');
    expect(wrapper.find('[role=button]').exists()).toBe(false);
  });
});

describe('a message', () => {
  it('of somebody else shows who wrote it, at the head of a group', () => {
    expect(bubble({}).find('.author').text()).toBe('Sam');
    expect(bubble({}).find('.avatar').exists()).toBe(true);
    expect(bubble({ head: false }).find('.avatar').exists()).toBe(false);
  });

  it('has the direction of its text', () => {
    expect(bubble({}).get('.message-text').attributes('dir')).toBe('auto');
  });

  it('tells its author to screen readers in every row', () => {
    expect(bubble({ head: false }).get('.visually-hidden').text()).toBe('Sam');
    expect(bubble({ own: true }).get('.visually-hidden').text()).toBe('You');
  });

  it('has its time as an address once it is stored', () => {
    const stored = bubble({});
    expect(stored.get('time').attributes('datetime')).toBe(new Date(minute(0)).toISOString());
    expect(stored.getComponent(RouterLinkStub).props('to')).toBe('/rooms/general/5');
    expect(bubble({ seq: null, delivery: 'pending' }).findComponent(RouterLinkStub).exists()).toBe(
      false,
    );
  });

  it('says that it is on its way', () => {
    const pending = bubble({ own: true, delivery: 'pending', seq: null });
    expect(pending.get('[role=img]').attributes('aria-label')).toBe('Sending');
  });

  it('that was not sent says why, and can be sent again or deleted', async () => {
    const failed = bubble({
      own: true,
      delivery: 'failed',
      seq: null,
      problem: 'Join the room first.',
    });
    await vi.dynamicImportSettled();
    expect(failed.get('.not-sent').text()).toContain('Join the room first.');
    const [retry, remove] = failed.findAll('.not-sent button');
    await retry?.trigger('click');
    await remove?.trigger('click');
    expect(failed.emitted()).toMatchObject({ retry: [[]], remove: [[]] });
  });
});

describe('an action', () => {
  const action = () =>
    mount(ActionLine, {
      props: {
        room: GENERAL,
        row: { ...row, text: 'waves' },
        address: 'general',
        highlighted: false,
        tabStop: false,
      },
      global: { stubs: { RouterLink: RouterLinkStub } },
    });

  it('has the direction of what is done, whatever the name is', () => {
    expect(action().get('.words').attributes('dir')).toBe('auto');
    expect(action().get('bdi').text()).toBe('Sam');
    expect(action().get('.message-text').attributes('dir')).toBeUndefined();
  });

  it('is a sentence with its author, and has an address', () => {
    expect(action().get('.words').text()).toMatch(/^Sam waves/);
    expect(action().getComponent(RouterLinkStub).props('to')).toBe('/rooms/general/5');
  });
});

describe('what those who keep order did', () => {
  const line = (notice: Notice) =>
    mount(SystemLine, { props: { row: { kind: 'notice', key: 's1', seq: 1, notice } } }).text();
  const people = { name: 'Alex', subject: 'Sam' };

  it('is told with its end and its reason, as far as there are any', () => {
    const until = Date.now();
    expect(line({ type: 'memberRemoved', ...people, reason: 'Bye' })).toBe('Alex removed Sam: Bye');
    expect(line({ type: 'memberMuted', ...people })).toBe('Alex muted Sam in this room');
    expect(line({ type: 'memberBanned', ...people, until, reason: 'Too loud' })).toMatch(
      /^Alex banned Sam from this room until \d.*: Too loud$/,
    );
    expect(line({ type: 'memberUnbanned', ...people })).toBe('Alex ended the ban of Sam');
  });
});

describe('joining and leaving', () => {
  it.each([
    [['Alex'], 'Alex joined'],
    [['Alex', 'Sam'], 'Alex and Sam joined'],
    [['Alex', 'Sam', 'Kim'], 'Alex, Sam and Kim joined'],
    [['Alex', 'Sam', 'Kim', 'Pat', 'Jo'], 'Alex, Sam and 3 others joined'],
  ])('of %j is told in one line', (names, text) => {
    expect(membershipLine({ type: 'memberJoined', people: people(...names) })).toBe(text);
  });

  it('keeps the names apart', () => {
    const line: MembershipRow = {
      kind: 'membership',
      key: 's1',
      seq: 1,
      parts: [{ type: 'memberJoined', people: people('דנה', 'אבי') }],
    };
    const names = mount(SystemLine, { props: { row: line } }).findAll('bdi');
    expect(names.map((name) => name.text())).toEqual(['דנה', 'אבי']);
  });

  it('are told in the order in which they came', () => {
    const left: MembershipPart = { type: 'memberLeft', people: people('Alex') };
    const joined: MembershipPart = { type: 'memberJoined', people: people('Alex', 'Sam') };
    expect(membershipLine(left, joined)).toBe('Alex left · Alex and Sam joined');
  });
});

describe('the name of a day', () => {
  const now = minute(0, 20);

  it.each([
    [minute(-700, 20), 'Today'],
    [minute(0, 19), 'Yesterday'],
  ])('%i', (at, name) => {
    expect(dayName(at, now)).toBe(name);
  });

  it('has its year unless that is this one', () => {
    expect(dayName(minute(0, 1), now)).not.toContain('2026');
    expect(dayName(new Date(2025, 10, 20, 12).getTime(), now)).toContain('2025');
  });
});

describe('an own message', () => {
  it('stands at a side of its own in bubbles, and below those of others in flat rows', async () => {
    const own = bubble({ own: true, name: 'Alex' });
    expect([own.classes('own'), own.find('.author').exists()]).toEqual([true, false]);
    layout.value = 'compact';
    await own.vm.$nextTick();
    expect([own.classes('own'), own.get('.author').text()]).toEqual([false, 'Alex']);
    expect(own.find('.avatar').exists()).toBe(true);
    layout.value = 'bubbles';
  });
});
