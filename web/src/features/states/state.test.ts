import { expect, it } from 'vitest';
import { type Asked, stateOf } from './state';

const ASKED: Asked = { loaded: false, empty: false, error: '', refused: false, lost: false };

it.each<[Partial<Asked>, string]>([
  [{}, 'waiting'],
  [{ error: 'Busy.' }, 'failed'],
  [{ error: 'No line.', lost: true }, 'offline'],
  [{ error: 'No.', refused: true }, 'refused'],
  [{ loaded: true, empty: true }, 'empty'],
  [{ loaded: true }, 'there'],
  [{ loaded: true, error: 'Busy.' }, 'there'],
])('%j is %s', (asked, state) => {
  expect(stateOf({ ...ASKED, ...asked })).toBe(state);
});
