import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { ConnectionLost } from '@/api/errors';
import * as http from '@/api/http';
import { useSession } from '@/features/session/store';
import { useScheduled } from './store';

beforeEach(() => {
  setActivePinia(createPinia());
  vi.spyOn(useSession(), 'ask').mockImplementation((async (ask: (token: string) => unknown) =>
    ask('token')) as never);
});

it('says to the server by which key it may know a repeat', async () => {
  const asked = vi.spyOn(http, 'answerTo').mockResolvedValue({ scheduled: [] });
  await useScheduled().send({ at: 1, room: 1, text: 'later' }, 'one-key');
  await useScheduled().remind({ at: 1, room: 1, seq: 5 }, 'another-key');
  const keys = asked.mock.calls.map(([path, call]) => [path, call?.headers?.['Idempotency-Key']]);
  expect(keys).toEqual([
    ['scheduled/messages', 'one-key'],
    ['scheduled', undefined],
    ['scheduled/reminders', 'another-key'],
    ['scheduled', undefined],
  ]);
});

it('has done what the server took, even where the list does not come', async () => {
  vi.spyOn(http, 'answerTo').mockImplementation(async (path) => {
    if (path === 'scheduled') {
      throw new ConnectionLost();
    }
    return { id: 1 };
  });
  await expect(
    useScheduled().send({ at: 1, room: 1, text: 'later' }, 'key'),
  ).resolves.toBeUndefined();
});

it('fails where the server does not take it', async () => {
  vi.spyOn(http, 'answerTo').mockRejectedValue(new ConnectionLost());
  await expect(useScheduled().send({ at: 1, room: 1, text: 'later' }, 'key')).rejects.toThrow();
});
