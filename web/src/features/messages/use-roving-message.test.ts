import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h, nextTick, shallowRef, useTemplateRef } from 'vue';
import type { LogEvent } from '@/api/generated/protocol';
import { PeopleTable } from '@/features/people/people-table';
import { changeOf, isEntry } from './message-state';
import { RowBuilder } from './row-builder';
import type { Row } from './rows';
import { membership, message, OWN_USER_ID } from './test/log-events';
import { useRovingMessage } from './use-roving-message';

function rowsOf(...events: LogEvent[]): Row[] {
  const builder = new RowBuilder({
    ownUserId: OWN_USER_ID,
    names: new PeopleTable(),
    unreadAfter: null,
    cut: false,
  });
  for (const entry of events.map(changeOf).filter(isEntry)) {
    builder.append(entry);
  }
  return builder.rows;
}

const rendered = shallowRef<Row[]>([]);
const inPlace = shallowRef<Row[]>([]);
const mounted: { unmount(): void }[] = [];

const List = defineComponent(() => {
  const viewport = useTemplateRef<HTMLElement>('viewport');
  const content = useTemplateRef<HTMLElement>('content');
  const { tabStop, onFocusIn, onFocusOut, onArrow } = useRovingMessage({
    viewport,
    content,
    rendered: () => rendered.value,
    inPlace: () => inPlace.value,
  });
  const keys: Readonly<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 };
  const onKeydown = (event: KeyboardEvent) => onArrow(event, keys[event.key] ?? 1);
  const address = (row: Row) =>
    h('a', { class: 'permalink', href: '#', tabindex: row.key === tabStop.value ? 0 : -1 });
  const rowElement = (row: Row) =>
    h('div', { key: row.key, 'data-row': row.key }, row.kind === 'message' ? [address(row)] : []);
  return () =>
    h('div', { ref: 'viewport', tabindex: 0 }, [
      h(
        'div',
        { ref: 'content', onFocusin: onFocusIn, onFocusout: onFocusOut, onKeydown },
        rendered.value.map(rowElement),
      ),
    ]);
});

function setUp(rows: Row[]) {
  rendered.value = rows;
  inPlace.value = rows;
  const wrapper = mount(List, { attachTo: document.body });
  mounted.push(wrapper);
  const link = (key: string) => wrapper.get<HTMLElement>(`[data-row=${key}] a`);
  const stops = () =>
    wrapper.findAll('a[tabindex="0"]').map((found) => found.element.parentElement?.dataset.row);
  const focused = () => document.activeElement?.parentElement?.dataset.row;
  return { wrapper, link, stops, focused };
}

afterEach(() => {
  for (const wrapper of mounted.splice(0)) {
    wrapper.unmount();
  }
});

describe('the addresses of the messages', () => {
  it('are one stop of Tab: the lowest on screen', async () => {
    const { stops } = setUp(rowsOf(message(1), message(2), message(3)));
    expect(stops()).toEqual(['m3']);
    inPlace.value = rendered.value.slice(0, -1);
    await nextTick();
    expect(stops()).toEqual(['m2']);
  });

  it('are gone through with the arrow keys, past what is no message', async () => {
    const { link, stops, focused } = setUp(
      rowsOf(message(1), membership('memberJoined', 2, 11, 'Pat'), message(3)),
    );
    link('m3').element.focus();
    await link('m3').trigger('keydown', { key: 'ArrowUp' });
    expect(focused()).toBe('m1');
    expect(stops()).toEqual(['m1']);
    await link('m1').trigger('keydown', { key: 'ArrowUp' });
    expect(focused()).toBe('m1');
    await link('m1').trigger('keydown', { key: 'ArrowDown' });
    expect(focused()).toBe('m3');
  });

  it('leave the arrow keys to the list when the focus is not on one of them', async () => {
    const { wrapper } = setUp(rowsOf(message(1), message(2)));
    const event = new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true });
    wrapper.get('[data-row=m2]').element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  it('begin with the lowest again once the focus has been elsewhere', async () => {
    const { link, stops } = setUp(rowsOf(message(1), message(2)));
    link('m1').element.focus();
    await nextTick();
    expect(stops()).toEqual(['m1']);
    link('m1').element.blur();
    await nextTick();
    expect(stops()).toEqual(['m2']);
  });

  it('give the focus to the list when theirs is scrolled away', async () => {
    const { wrapper, link } = setUp(rowsOf(message(1), message(2), message(3)));
    link('m1').element.focus();
    rendered.value = rendered.value.filter((row) => row.key !== 'm1');
    await nextTick();
    expect(document.activeElement).toBe(wrapper.element);
  });
});
