import { describe, expect, it } from 'vitest';
import { check, differences, ownSentences, ownWords } from './texts.mjs';

const component = (template) => `<template>${template}</template>`;

describe('strings outside the files of a language', () => {
  it.each([
    ['<p>Hello there</p>', ['Hello there']],
    ['<p v-if="a">Yes</p><p v-else>No <b>never</b></p>', ['Yes', 'No', 'never']],
    [
      '<input placeholder="Your name" aria-label="Name">',
      ['placeholder="Your name"', 'aria-label="Name"'],
    ],
    ['<p>{{ t("a.b") }} · @</p><img alt="" class="Big thing">', []],
  ])('in %s are %j', (template, words) => {
    expect(ownWords(component(template))).toEqual(words);
  });

  it('are sentences in a script, unless they are for programmers', () => {
    expect(ownSentences("const text = 'Something went wrong.';")).toEqual([
      'Something went wrong.',
    ]);
    expect(ownSentences("throw new Error('Something went wrong.');")).toEqual([]);
    expect(ownSentences("// It says 'Something went wrong.'\nconst key = 'Enter';")).toEqual([]);
  });

  it('are none in the client', () => {
    expect(check()).toEqual([]);
  });
});

it('tells what one language has and another has not', () => {
  const all = { rooms: { none: 'None', online: () => '1 online' } };
  expect(differences(all, all)).toEqual([]);
  expect(differences(all, { rooms: { none: 'Keine', more: 'Mehr' } })).toEqual([
    'rooms.online is missing',
    'rooms.more is in no other language',
  ]);
});
