import { afterEach, beforeEach, expect, it } from 'vitest';
import { ref } from 'vue';
import { readDraft, showDraftIn, writeDraft } from '@/features/composer/drafts';
import { problems } from '@/features/problems/problems';
import { discard } from './discard';

const HERE = { userId: 7, room: 1, thread: null };
const undo = () => problems.shown.value[0]?.action?.run();

beforeEach(() => {
  localStorage.clear();
  writeDraft(HERE, 'two sugars, or');
  discard(HERE);
});
afterEach(() => problems.clear());

it('is taken back', () => {
  expect(readDraft(HERE)).toBe('');
  undo();
  expect(readDraft(HERE)).toBe('two sugars, or');
});

it('leaves what was written there meanwhile', () => {
  writeDraft(HERE, 'no sugar');
  undo();
  expect(readDraft(HERE)).toBe('no sugar');
});

it('is taken back into the field in which it is on show', () => {
  const field = ref('');
  const hide = showDraftIn(HERE, field);
  undo();
  expect(field.value).toBe('two sugars, or');
  hide();
});
