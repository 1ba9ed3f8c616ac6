import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import type { MembershipRow } from './rows';
import SystemLine from './SystemLine.vue';

function line(...names: string[]) {
  const people = names.map((name, index) => ({ userId: index, name }));
  const parts = [{ type: 'memberJoined', people }] as MembershipRow['parts'];
  const row: MembershipRow = { kind: 'membership', key: 'm1', seq: 1, parts };
  return mount(SystemLine, { props: { row } });
}

const shown = (text: string) => text.replace(/[\u2066-\u2069]/gu, '');

it('names three people, and is a line like any other', () => {
  const three = line('Alex', 'Sam', 'Kim');
  expect(shown(three.text())).toBe('Alex, Sam and Kim joined');
  expect(three.find('button').exists()).toBe(false);
});

it('opens to all the names where it leaves some out, and folds again', async () => {
  const many = line('Alex', 'Sam', 'Kim', 'Pat', 'Lee');
  const button = many.get('button');
  expect(shown(button.text())).toBe('Alex, Sam and 3 others joined');
  await button.trigger('click');
  expect(button.attributes('aria-expanded')).toBe('true');
  expect(shown(many.get('p').text())).toBe('Alex, Sam, Kim, Pat, Lee');
  await button.trigger('click');
  expect(many.find('p').exists()).toBe(false);
});
