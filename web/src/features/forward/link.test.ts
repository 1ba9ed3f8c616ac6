import { expect, it } from 'vitest';
import { linkedMessage, linkTo } from './link';

const HERE = new URL('rooms/', document.baseURI).href;

it('finds the message to which a text leads', () => {
  expect(linkedMessage(`see ${linkTo(12, 345)}, please`)).toEqual({ address: '~12', seq: 345 });
  const elsewhere = new URL(linkTo(12, 345));
  elsewhere.port = '8080';
  expect(linkedMessage(`by another port: ${elsewhere}`)).toEqual({ address: '~12', seq: 345 });
  expect(linkedMessage(`https://example.org/ and ${linkTo(1, 2)}`)?.seq).toBe(2);
  expect(linkedMessage(`${HERE}green-tea/7`)).toEqual({ address: 'green-tea', seq: 7 });
  expect(linkedMessage(`${HERE}%E8%8C%B6/7`)).toEqual({ address: '茶', seq: 7 });
});

it.each([
  'no address',
  `${HERE}general`,
  `${HERE}general/`,
  `${HERE}general/7x`,
  `${HERE}general/7/8`,
  'https://example.org/rooms/general/7',
])('finds none in %j', (text) => {
  expect(linkedMessage(text)).toBeUndefined();
});
