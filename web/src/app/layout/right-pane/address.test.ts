import { describe, expect, it } from 'vitest';
import type { RouteLocationNormalized } from 'vue-router';
import { CLOSED, keepPane, readPane, writePane } from './address';

const at = (room: string, pane?: string): RouteLocationNormalized =>
  ({ params: { room }, query: pane === undefined ? {} : { pane } }) as never;

describe('the pane in an address', () => {
  it.each([
    ['people', { name: 'people' }],
    ['people/12', { name: 'people', argument: '12' }],
    ['people/a/b', { name: 'people', argument: 'a/b' }],
  ])('%s is read and written', (text, address) => {
    expect(readPane(text)).toEqual(address);
    expect(writePane(readPane(text) as never)).toBe(text);
  });

  it.each([undefined, null, '', 'nothing', 'toString', '/people', ['people']])(
    'is none where it says %j',
    (value) => {
      expect(readPane(value)).toBeNull();
    },
  );
});

describe('going to another address', () => {
  it('keeps the pane within the room', () => {
    expect(keepPane(at('tea'), at('tea', 'people'), false)).toMatchObject({
      query: { pane: 'people' },
    });
  });

  it('leaves it in another room, and in one that names its own', () => {
    expect(keepPane(at('tech'), at('tea', 'people'), false)).toBe(true);
    expect(keepPane(at('tea', 'people/2'), at('tea', 'people'), false)).toBe(true);
  });

  it('by a step back is right as it is', () => {
    expect(keepPane(at('tea'), at('tea', 'people'), true)).toBe(true);
  });

  it('closes the pane when asked, and shows nobody how', () => {
    expect(keepPane(at('tea', CLOSED), at('tea', 'people'), false)).toMatchObject({ query: {} });
    const led = { ...at('tea'), redirectedFrom: at('tea', CLOSED) } as RouteLocationNormalized;
    expect(keepPane(led, at('tea', 'people'), false)).toBe(true);
  });
});
