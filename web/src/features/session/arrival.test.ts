import { expect, it } from 'vitest';
import { arrivalIn } from './arrival';

it.each([
  ['#invite=ci_aB-9_', { kind: 'invite', code: 'ci_aB-9_' }],
  ['#link=42', { kind: 'link', code: '42' }],
  ['#reset=42', { kind: 'reset', code: '42' }],
  ['#provider=in', { kind: 'provider', code: 'in' }],
  ['', null],
  ['#invite=', null],
  ['#invitee=1', null],
  ['#12', null],
])('an address that ends with %j brings along %j', (hash, arrival) => {
  expect(arrivalIn(hash)).toEqual(arrival);
});
