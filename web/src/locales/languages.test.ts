import { afterEach, describe, expect, it } from 'vitest';
import { all } from './all';
import { current } from './current';
import { de } from './de';
import { t as first } from './index';
import { followLanguage, language, locale, shown } from './language';
import { t } from './late';
import { pseudo } from './pseudo';

afterEach(async () => {
  language.value = 'system';
  current.value = undefined;
  localStorage.clear();
});

/** Every text, functions as what they make of what they are given. */
function texts(of: unknown, path = ''): [string, string][] {
  if (typeof of === 'string') {
    return [[path, of]];
  }
  if (typeof of === 'function') {
    return [];
  }
  return Object.entries(of as object).flatMap(([key, each]) => texts(each, `${path}.${key}`));
}

describe('languages', () => {
  it('are those of the person, and come when they are wanted', async () => {
    language.value = 'de';
    await followLanguage();
    expect([first('rooms.label'), t('settings.heading')]).toEqual(['Räume', 'Einstellungen']);
    expect([shown.value, locale.value, document.documentElement.lang]).toEqual(['de', 'de', 'de']);
    language.value = 'en';
    await followLanguage();
    expect([first('rooms.label'), t('settings.heading')]).toEqual(['Rooms', 'Settings']);
    expect(locale.value).toBe('en-US');
  });

  it('leave nothing empty that another one says', () => {
    const empty = texts(all).filter(([, text]) => text === '');
    expect(
      texts(de)
        .filter(([, text]) => text === '')
        .map(([path]) => path),
    ).toEqual(empty.map(([path]) => path));
  });

  it('count and join in their own way', () => {
    expect(de.messages.joined(['Alex', 'Sam'])).toBe('Alex und Sam sind dazugekommen');
    expect(de.messages.joined(['A', 'B', 'C', 'D'])).toBe('A, B und 2 andere sind dazugekommen');
    expect(de.composer.tooLong(2_000, 2_345)).toContain('2.000');
    expect(de.messages.reacted('👍', ['Alex'], 1)).toBe(
      'Alex und 1 weitere Person haben mit 👍 reagiert',
    );
  });

  it('have one that runs the other way, is longer, and leaves names as they are', () => {
    expect(pseudo.rooms.label).toMatch(/^[\u0590-\u05ff]+$/u);
    expect(pseudo.rooms.label.length).toBeGreaterThan(all.rooms.label.length);
    expect(pseudo.typing.two('Alex', 'Sam')).toMatch(/Alex.*Sam/u);
    expect(pseudo.rooms.online(12)).toContain('12');
  });
});
