import { expect, it } from 'vitest';
import { personAtBegin } from './person-at-begin';

const ANNA = { userId: 3, name: 'Anna' };
const LENA = { userId: 4, name: 'Anna Lena' };
const PEOPLE = [ANNA, LENA, { userId: 5, name: '' }];

it.each([
  ['Anna', ANNA, ''],
  ['anna  how are you', ANNA, 'how are you'],
  ['@Anna Lena see\nyou', LENA, 'see\nyou'],
  ['<@4> hello', LENA, 'hello'],
])('%j calls somebody', (text, person, rest) => {
  expect(personAtBegin(text, PEOPLE)).toEqual({ person, rest });
});

it.each(['Annabel hi', 'An', '', '@', '<@9> hello', 'hello Anna'])('%j calls nobody', (text) => {
  expect(personAtBegin(text, PEOPLE)).toBeNull();
});
