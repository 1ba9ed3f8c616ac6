import { describe, expect, it } from 'vitest';
import { t } from '@/locales/late';
import { parseKeys } from '@/ui/shortcuts/keys';
import { shortcuts } from './index';

describe('the table of shortcuts', () => {
  it('means one thing with one key in one place', () => {
    const meanings = shortcuts
      .list()
      .map(({ scope, keys }) => `${scope}: ${JSON.stringify(parseKeys(keys))}`);
    expect(new Set(meanings).size).toBe(meanings.length);
  });

  it('says of each what it does', () => {
    for (const { id } of shortcuts.list()) {
      expect(t(`shortcuts.${id}`), id).not.toBe('');
    }
  });
});
