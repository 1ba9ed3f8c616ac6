import { beforeEach, expect, it, vi } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import * as api from '@/api/uploads';
import { endParts, PART_BYTES, sendInParts } from './in-parts';
import { remembered } from './remembered';

const SIZE = PART_BYTES * 2 + 7;
const file = { key: 'k', name: 'film.mp4', type: '', blob: new Blob([new Uint8Array(SIZE)]) };
const ask = <T>(request: (token: string) => Promise<T>) => request('token');

/** What the server has of each file. */
let server: Map<string, number>;
let begin: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  server = new Map();
  begin = vi.spyOn(api, 'beginUpload').mockImplementation(async () => {
    const id = `f${server.size}`;
    server.set(id, 0);
    return id;
  });
  vi.spyOn(api, 'uploadedBytes').mockImplementation(async (id) => server.get(id));
});

/** Lets the parts of these numbers break off, after half of each has come. */
function send(breaks: Readonly<Record<number, Error>> = {}) {
  let sent = 0;
  return vi.spyOn(api, 'sendPart').mockImplementation(async ({ id, offset, part }) => {
    const had = server.get(id) ?? 0;
    expect(offset).toBe(had);
    sent += 1;
    const problem = breaks[sent];
    server.set(id, had + (problem === undefined ? part.size : part.size / 2));
    if (problem !== undefined) {
      throw problem;
    }
    return had + part.size;
  });
}

function upload(told: (part: number) => void = () => undefined) {
  const stopping = new AbortController();
  const done = sendInParts({ room: 1, file, ask, told, signal: stopping.signal });
  done.catch(() => undefined);
  return { done, stop: () => stopping.abort() };
}

it('comes part by part', async () => {
  const parts = send();
  const { done } = upload();
  expect(await done).toBe('f0');
  expect(parts.mock.calls.map(([{ offset }]) => offset)).toEqual([0, PART_BYTES, 2 * PART_BYTES]);
});

it('goes on where it broke off, with what the server has of the part', async () => {
  const parts = send({ 2: new ConnectionLost() });
  const { done } = upload();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await done).toBe('f0');
  expect(begin).toHaveBeenCalledOnce();
  expect(parts.mock.calls[2]?.[0].offset).toBe(PART_BYTES * 1.5);
});

it('goes on after the page was loaded anew', async () => {
  server.set('f0', PART_BYTES);
  localStorage.setItem('chinwag.uploads', JSON.stringify({ k: { id: 'f0', at: Date.now() } }));
  const parts = send();
  expect(await upload().done).toBe('f0');
  expect(begin).not.toHaveBeenCalled();
  expect(parts).toHaveBeenCalledTimes(2);
});

it('begins anew when the server has nothing of it any more', async () => {
  localStorage.setItem('chinwag.uploads', JSON.stringify({ k: { id: 'gone', at: Date.now() } }));
  send();
  expect(await upload().done).toBe('f0');
  expect(remembered('k')).toBe('f0');
});

it('ends when it is refused, and is not remembered', async () => {
  const refusal = new ProtocolError({ code: 'file_refused', message: 'No.', retryable: false });
  send({ 3: refusal });
  await expect(upload().done).rejects.toBe(refusal);
  expect(remembered('k')).toBeUndefined();
});

it('does not go on when it is given up, and tells the server', async () => {
  send({ 1: new ConnectionLost() });
  const end = vi.spyOn(api, 'endUpload').mockResolvedValue();
  const { done, stop } = upload();
  await vi.advanceTimersByTimeAsync(100);
  stop();
  endParts('k', ask);
  await expect(done).rejects.toBeInstanceOf(ConnectionLost);
  expect(end).toHaveBeenCalledExactlyOnceWith('f0', 'token');
  expect(remembered('k')).toBeUndefined();
  expect(begin).toHaveBeenCalledOnce();
});
