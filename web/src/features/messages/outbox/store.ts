import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import { typedMessage } from '@/features/commands/commands';
import { useConnection } from '@/features/connection/store';
import { useRestraints } from '@/features/rooms/restraints';
import { withNames } from '../mentions';
import { useReplying } from '../replying';
import type { UnconfirmedMessage } from '../rows';
import { newClientId } from './client-id';
import { exclusively } from './exclusively';
import type { Change } from './item';
import { Outbox, type WaitingChange, type Where } from './outbox';
import { openOutboxStorage } from './storage';

/** What the server did not take, as it was typed, on its way back into the composer. */
export interface ReturnedText {
  text: string;
  /** Null when the conversation tells why. */
  message: string | null;
}

/** Where there is a composer: in a room, or in one of its threads. */
export interface WritingPlace {
  room: number;
  thread: number | null;
}

function keyOf({ room, thread }: WritingPlace): string {
  return `${room}/${thread ?? ''}`;
}

const NOTHING: readonly never[] = [];

/** Comes with the first file. What fails to come is asked for again, like a connection. */
async function uploads() {
  return await import('@/features/files/uploads').catch(() => {
    throw new ConnectionLost();
  });
}

/** Makes the outbox of the person who is signed in visible to the views. */
export const useOutbox = defineStore('outbox', () => {
  const connection = useConnection();
  const restraints = useRestraints();
  const replying = useReplying();
  const storage = openOutboxStorage(() => void current?.restore());
  const messages = shallowReactive(new Map<number, readonly UnconfirmedMessage[]>());
  const changes = shallowReactive(new Map<number, readonly WaitingChange[]>());
  const returned = shallowReactive(new Map<string, ReturnedText>());
  let current: Outbox | null = null;

  function startFor(userId: number | null): void {
    current?.stop();
    messages.clear();
    changes.clear();
    returned.clear();
    current = userId === null ? null : newOutbox(userId);
    void current?.restore();
  }

  function newOutbox(userId: number): Outbox {
    const outbox = new Outbox(userId, {
      storage,
      send: async ({ room, clientId, text, change, replyTo, thread, also, files }) => {
        if (change !== undefined) {
          const { kind: type, target } = change;
          const frame = { room, target, clientId };
          const { seq } = await connection.request(
            type === 'edit' ? { type, ...frame, text } : { type, ...frame },
          );
          return seq;
        }
        try {
          const attachments = files && (await (await uploads()).uploadAll(room, files));
          const where = { replyTo, thread, also, attachments };
          const { seq } = await connection.request({
            type: 'send',
            room,
            clientId,
            text,
            ...where,
          });
          if (files) {
            (await uploads()).forget(files);
          }
          return seq;
        } catch (error) {
          restraints.noteRefusal(room, error);
          if (files && error instanceof ProtocolError && error.code === 'file_not_found') {
            (await uploads()).forget(files);
          }
          throw error;
        }
      },
      isLive: () => connection.state.name === 'live',
      now: Date.now,
      newClientId,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      exclusively,
      changed: (room) => {
        if (outbox === current) {
          messages.set(room, outbox.unconfirmed(room));
          changes.set(room, outbox.changes(room));
        }
      },
      changeRefused: (text) => {
        import('@/features/problems/problems')
          .then(({ problems }) => problems.show({ text, tone: 'danger' }))
          .catch(() => undefined);
      },
      textReturned: ({ room, text, replyTo, thread = null }, message) => {
        giveBack({ room, thread }, { text: typedMessage(withNames(text)), message });
        if (replyTo !== undefined) {
          replying.begin(room, replyTo);
        }
      },
    });
    return outbox;
  }

  /**
   * Erases what others have left unsent in this browser. The account of a guest ends with the session, so nobody could send it any
   * more; and what one has written is not for the next person here, who may even get the same number on a server that began anew.
   */
  function keepOnly(userId: number | null): Promise<void> {
    return storage.keepOnly(userId);
  }

  /** Leaves a text for the composer of its room, which may come into sight only later. */
  function giveBack(place: WritingPlace, { text, message }: ReturnedText): void {
    const key = keyOf(place);
    const before = returned.get(key);
    returned.set(key, {
      text: before === undefined ? text : `${before.text}\n${text}`,
      message: message ?? before?.message ?? null,
    });
  }

  /** Takes a returned text away: it belongs to the one composer that shows it. */
  function takeReturned(place: WritingPlace): ReturnedText | undefined {
    const key = keyOf(place);
    const text = returned.get(key);
    returned.delete(key);
    return text;
  }

  return {
    returnedTo: (place: WritingPlace) => returned.get(keyOf(place)),
    startFor,
    keepOnly,
    giveBack,
    takeReturned,
    messagesOf: (room: number): readonly UnconfirmedMessage[] => messages.get(room) ?? NOTHING,
    changesOf: (room: number): readonly WaitingChange[] => changes.get(room) ?? NOTHING,
    enqueue: async (room: number, text: string, where: Where = {}) =>
      current?.enqueue(room, text, where),
    change: (room: number, change: Change, text: string, heldMs?: number) =>
      current?.change(room, change, text, heldMs) ?? '',
    hold: (clientIds: ReadonlySet<string>, heldMs: number) => current?.hold(clientIds, heldMs),
    sendHeld: async () => current?.sendHeld(),
    retry: async (clientId: string) => current?.retry(clientId),
    remove: async (clientId: string) => current?.remove(clientId),
    caughtUp: (room: number, seq: number, isInLog: (clientId: string) => boolean) =>
      void current?.caughtUp(room, seq, isInLog),
    restore: () => void current?.restore(),
  };
});
