import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Attachment } from '@/api/generated/protocol';
import { useSession } from '@/features/session/store';
import { decode, firstLines, isText, languageOf } from './snippet';
import TextSnippet from './TextSnippet.vue';

const bytesOf = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

describe('the beginning of a text', () => {
  it('leaves a cut character out, and ends lines alike', () => {
    const bytes = bytesOf('one\r\ntwo 🎉');
    expect(decode(bytes)).toBe('one\ntwo 🎉');
    expect(decode(bytes.slice(0, bytes.byteLength - 1))).toBe('one\ntwo ');
  });

  it.each([
    ['a\nb', true],
    ['a\nb\n', true],
    ['a\nb\nc', false],
    ['', true],
  ])('of %j two lines are all: %s', (text, whole) => {
    expect(firstLines(text, 2)).toEqual({ text: text.startsWith('a') ? 'a\nb' : '', whole });
  });

  it.each([
    ['main.rs', 'rs'],
    ['A.Test.TS', 'ts'],
    ['x.c++', 'c++'],
    ['notes.txt', ''],
    ['Makefile', ''],
  ])('%s is written in %j', (name, language) => {
    expect(languageOf(name)).toBe(language);
  });

  it.each([
    ['text/plain', true],
    ['application/json', true],
    ['application/pdf', false],
    ['image/png', false],
  ])('%s is text: %s', (type, yes) => {
    expect(isText({ id: 'f', name: 'x', type, bytes: 1 })).toBe(yes);
  });
});

describe('a text that was shared as a file', () => {
  const lines = Array.from({ length: 3_000 }, (_, index) => `line ${index + 1}`).join('\n');
  let asked: string[];
  let answer: () => Response;
  let next = 0;

  /** Each is another file: what was read is kept. */
  function file(text: string): Attachment {
    const bytes = bytesOf(text);
    answer = () => new Response(bytes.slice(0, Number(asked.at(-1)?.split('-')[1]) + 1));
    next += 1;
    return { id: `f${next}`, name: 'notes.txt', type: 'text/plain', bytes: bytes.byteLength };
  }

  beforeEach(() => {
    asked = [];
    setActivePinia(createPinia());
    vi.spyOn(useSession(), 'ask').mockImplementation((request) => request('token'));
    vi.stubGlobal('fetch', async (_: string, { headers }: { headers: { Range: string } }) => {
      asked.push(headers.Range);
      return answer();
    });
  });

  async function shown(text: string) {
    const wrapper = mount(TextSnippet, { props: { file: file(text) } });
    await flushPromises();
    return wrapper;
  }

  it('shows its first lines, and more of it on a press', async () => {
    const wrapper = await shown(lines);
    expect(asked).toEqual(['bytes=0-4095']);
    expect(wrapper.get('pre').text().split('\n')).toHaveLength(8);
    const fold = wrapper.get('.fold');
    await fold.trigger('click');
    await flushPromises();
    expect(asked).toHaveLength(2);
    expect(wrapper.get('pre').text()).toContain('line 3000');
    expect(fold.attributes('aria-expanded')).toBe('true');
    await fold.trigger('click');
    expect(wrapper.get('pre').text().split('\n')).toHaveLength(8);
  });

  it('asks for no more than there is, and folds nothing that is short', async () => {
    const wrapper = await shown('one\ntwo\n');
    expect(asked).toEqual(['bytes=0-7']);
    expect(wrapper.get('pre').text()).toBe('one\ntwo');
    expect(wrapper.find('.fold').exists()).toBe(false);
  });

  it('says that the rest of a long one is in the file', async () => {
    const wrapper = await shown(`${lines}\n`.repeat(4));
    await wrapper.get('.fold').trigger('click');
    await flushPromises();
    expect(asked.at(-1)).toBe('bytes=0-65535');
    expect(wrapper.text()).toContain('The rest is in the file.');
  });

  it('says why it is not there, and tries again', async () => {
    const props = { file: file('one') };
    const there = answer;
    answer = () => {
      throw new TypeError('no line');
    };
    const wrapper = mount(TextSnippet, { props });
    await flushPromises();
    expect(wrapper.find('pre').exists()).toBe(false);
    expect(wrapper.get('a').attributes('download')).toBe('notes.txt');
    // Nobody asked for it: that is no alert.
    expect(wrapper.get('.note').attributes('role')).toBeUndefined();
    await wrapper.get('.note button').trigger('click');
    await flushPromises();
    expect(wrapper.get('.note').attributes('role')).toBe('alert');
    answer = there;
    await wrapper.get('.note button').trigger('click');
    await flushPromises();
    expect(wrapper.get('pre').text()).toBe('one');
  });
});
