import { afterEach, beforeEach, expect, it } from 'vitest';
import { choice, flag, readSettingsOf } from './settings';

beforeEach(() => localStorage.clear());
afterEach(() => readSettingsOf(null));

it('are kept by account, and begin with what was set here last', () => {
  const look = choice('test.look', ['plain', 'rich'], 'plain');
  readSettingsOf(7);
  expect(look.value).toBe('plain');
  look.value = 'rich';
  readSettingsOf(9);
  expect(look.value).toBe('rich');
  look.value = 'plain';
  readSettingsOf(7);
  expect(look.value).toBe('rich');
  readSettingsOf(9);
  expect(look.value).toBe('plain');
});

it('begin anew with each account where they are nobody else’s', () => {
  const pushed = flag('test.pushed', false, 'account');
  readSettingsOf(7);
  pushed.value = true;
  readSettingsOf(null);
  expect(pushed.value).toBe(false);
  readSettingsOf(9);
  expect(pushed.value).toBe(false);
  readSettingsOf(7);
  expect(pushed.value).toBe(true);
  expect(flag('test.pushed', false, 'account').value).toBe(true);
});

it('are as usual where something else was stored', () => {
  localStorage.setItem('test.other', '"none of these"');
  localStorage.setItem('test.flag', '1');
  expect(choice('test.other', ['a', 'b'], 'b').value).toBe('b');
  expect(flag('test.flag', true).value).toBe(true);
});

it('outlive the page', () => {
  const look = choice('test.kept', ['plain', 'rich'], 'plain');
  readSettingsOf(7);
  look.value = 'rich';
  expect(choice('test.kept', ['plain', 'rich'], 'plain').value).toBe('rich');
});
