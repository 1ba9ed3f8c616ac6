import { describe, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope, nextTick, reactive } from 'vue';
import type { Lookup } from './history';
import type { Row } from './rows';
import { useShownMessage } from './use-shown-message';

function setUp(place: { seq: number | null; ready: boolean }) {
  const state = reactive(place);
  const answers = new Map<number, (lookup: Lookup) => void>();
  const lookUp = vi.fn(
    (seq: number) => new Promise<Lookup>((resolve) => void answers.set(seq, resolve)),
  );
  const moves: string[] = [];
  const scope: EffectScope = effectScope();
  const shown = scope.run(() =>
    useShownMessage({
      seq: () => state.seq,
      rows: () =>
        [1, 2].map((seq) => ({ kind: 'message', key: `key ${seq}`, seq }) as unknown as Row),
      ready: () => state.ready,
      lookUp,
      showAround: (seq) => moves.push(`around ${seq}`),
      scrollToKey: (key) => moves.push(key),
      showNewest: () => moves.push('newest'),
    }),
  );
  if (shown === undefined) {
    throw new Error('the scope is over');
  }
  async function answer(seq: number, lookup: Lookup): Promise<void> {
    answers.get(seq)?.(lookup);
    // As long as it takes to look and to render.
    await nextTick();
    await nextTick();
    await nextTick();
  }
  return { ...shown, state, lookUp, moves, answer, leave: () => scope.stop() };
}

describe('the message of an address', () => {
  it('is looked for once there is a connection, and shown', async () => {
    const { state, lookUp, moves, answer, seeking, absence } = setUp({ seq: 1, ready: false });
    expect(lookUp).not.toHaveBeenCalled();
    state.ready = true;
    await nextTick();
    expect(seeking.value).toBe(true);
    await answer(1, 'found');
    expect(moves).toEqual(['around 1', 'key 1']);
    expect([seeking.value, absence.value]).toEqual([false, null]);
  });

  it('is told missing when it is none of the rows', async () => {
    const { answer, absence, seeking } = setUp({ seq: 9, ready: true });
    await answer(9, 'found');
    expect([seeking.value, absence.value]).toEqual([false, 'missing']);
  });

  it('takes nobody back who has gone on to another one', async () => {
    const { state, moves, answer } = setUp({ seq: 1, ready: true });
    state.seq = 2;
    await nextTick();
    await answer(2, 'found');
    await answer(1, 'found');
    expect(moves).toEqual(['around 2', 'key 2']);
  });

  it('takes nobody back who has gone on to the newest', async () => {
    const { state, moves, answer, seeking } = setUp({ seq: 1, ready: true });
    state.seq = null;
    await nextTick();
    await answer(1, 'found');
    expect(moves).toEqual(['newest']);
    expect(seeking.value).toBe(false);
  });

  it('moves nothing in a room that was left', async () => {
    const { moves, answer, leave } = setUp({ seq: 1, ready: true });
    leave();
    await answer(1, 'found');
    expect(moves).toEqual([]);
  });

  it('is looked for again when the connection is back', async () => {
    const { state, lookUp, moves, answer, seeking } = setUp({ seq: 1, ready: true });
    state.ready = false;
    await answer(1, 'lost');
    expect(seeking.value).toBe(true);
    state.ready = true;
    await nextTick();
    expect(lookUp).toHaveBeenCalledTimes(2);
    await answer(1, 'found');
    expect(moves).toEqual(['around 1', 'key 1']);
  });

  it('is looked for again when the reader wishes, and then when the connection is back', async () => {
    const { state, lookUp, answer, absence, retry } = setUp({ seq: 1, ready: true });
    await answer(1, 'failed');
    expect(absence.value).toBe('failed');
    retry();
    await answer(1, 'failed');
    expect(lookUp).toHaveBeenCalledTimes(2);
    state.ready = false;
    await nextTick();
    retry();
    expect([lookUp.mock.calls.length, absence.value]).toEqual([2, null]);
    state.ready = true;
    await nextTick();
    expect(lookUp).toHaveBeenCalledTimes(3);
  });
});
