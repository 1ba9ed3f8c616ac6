import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLost } from '@/api/errors';
import * as api from '@/api/files';
import type { Attachment } from '@/api/generated/protocol';
import { useSession } from '@/features/session/store';
import { addressOf, sizeText } from './address';
import MessageFiles from './MessageFiles.vue';
import { giveUp, progressOf, upload, uploadAll } from './uploads';
import { viewing } from './viewing';

const PICTURE: Attachment = {
  id: 'f1',
  name: 'a cat.png',
  type: 'image/png',
  bytes: 1_200_000,
  width: 4000,
  height: 1000,
  color: '#112233',
};
const TEXT: Attachment = { id: 'f2', name: 'notes.txt', type: 'text/plain', bytes: 812 };

function file(key: string) {
  return { key, name: 'x.txt', type: '', blob: new Blob(['x']) };
}

beforeEach(() => setActivePinia(createPinia()));

describe('what a message shows of its files', () => {
  it('keeps the place of a picture until it is there', async () => {
    const shown = mount(MessageFiles, { props: { room: 1, attachments: [PICTURE], files: [] } });
    const picture = shown.get('button');
    expect(picture.attributes('style')).toContain('width: 360px');
    expect(picture.attributes('style')).toContain('4000 / 1000');
    expect(shown.get('img').attributes('src')).toBe('files/f1/a%20cat.png?v=thumb');
    await picture.trigger('click');
    expect(viewing.value).toEqual(PICTURE);
    viewing.value = null;
  });

  it('offers everything else to be kept', () => {
    const sound = { ...TEXT, id: 'f3', name: 'song.mp3', type: 'audio/mpeg' };
    const shown = mount(MessageFiles, {
      props: { room: 1, attachments: [TEXT, sound], files: [] },
    });
    const link = shown.get('a');
    expect(link.attributes('href')).toBe('files/f2/notes.txt');
    expect(link.attributes('download')).toBe('notes.txt');
    expect(link.text()).toContain('812 bytes');
    expect(shown.findAll('audio')).toHaveLength(1);
    expect([sizeText(81_300), sizeText(1_200_000)]).toEqual(['81 kB', '1.2 MB']);
    expect(addressOf(TEXT)).toBe('files/f2/notes.txt');
  });
});

describe('files on their way', () => {
  beforeEach(() => {
    vi.spyOn(useSession(), 'ask').mockImplementation((request) => request('token'));
  });

  it('go once, and tell how far they have come', async () => {
    let arrive = (_: Attachment) => {};
    const send = vi.spyOn(api, 'sendFile').mockImplementation(({ told }) => {
      told(0.5);
      return new Promise((resolve) => {
        arrive = resolve;
      });
    });
    const both = Promise.all([upload(1, file('a')), uploadAll(1, [file('a')])]);
    expect(progressOf('a')?.part).toBe(0.5);
    arrive(TEXT);
    expect(await both).toEqual(['f2', ['f2']]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(progressOf('a')).toEqual({ part: 1, failed: false });
    giveUp('a');
    expect(progressOf('a')).toBeUndefined();
  });

  it('are tried again when they broke off', async () => {
    const send = vi.spyOn(api, 'sendFile').mockRejectedValueOnce(new ConnectionLost());
    await expect(uploadAll(1, [file('b')])).rejects.toMatchObject({ retryable: true });
    expect(progressOf('b')?.failed).toBe(true);
    send.mockResolvedValueOnce(TEXT);
    expect(await uploadAll(1, [file('b')])).toEqual(['f2']);
  });
});
