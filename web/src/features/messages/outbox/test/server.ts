import { expect } from 'vitest';
import { ConnectionLost, ProtocolError } from '@/api/errors';
import type { ErrorCode } from '@/api/generated/protocol';
import { GENERAL } from '@/api/test/rooms';
import type { OutboxItem, OutboxStorage } from '../item';
import type { Outbox } from '../outbox';
import type { OutboxPorts } from '../ports';

export const ALEX = 7;
export const SAM = 9;

export function refusal(code: ErrorCode, retryable = false, retryAfterMs?: number): ProtocolError {
  return new ProtocolError({
    code,
    message: `refused: ${code}`,
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** A server that stores each client id once, and a connection to it that can be cut. */
export class TestServer {
  live = true;
  /** In milliseconds. It goes on by itself only while somebody waits. */
  time = 1_000;
  readonly stored: string[] = [];
  readonly attempts: string[] = [];
  readonly waits: number[] = [];
  /** What the next attempts are answered with, before anything is stored. */
  readonly refusals: (Error | 'ack lost')[] = [];
  readonly returned: string[] = [];
  private pages = 0;
  private readonly locks = new Map<string, Promise<void>>();

  ports(storage: OutboxStorage): OutboxPorts {
    let ids = 0;
    this.pages += 1;
    const page = this.pages;
    return {
      storage,
      send: async (item) => this.answer(item),
      isLive: () => this.live,
      now: () => this.time,
      newClientId: () => {
        ids += 1;
        return `${page}-${ids}`;
      },
      wait: async (ms) => {
        this.waits.push(ms);
        this.time += ms;
      },
      exclusively: (name, work) => {
        const turn = (this.locks.get(name) ?? Promise.resolve()).then(work);
        this.locks.set(name, turn);
        return turn;
      },
      changed: () => undefined,
      changeRefused: (message) => void this.returned.push(message),
      textReturned: ({ text }, message) => void this.returned.push(`${text}: ${message}`),
    };
  }

  private async answer({ clientId, text }: OutboxItem): Promise<number> {
    this.attempts.push(text);
    await Promise.resolve();
    const refused = this.refusals.shift();
    if (refused instanceof Error) {
      throw refused;
    }
    if (!this.stored.includes(`${clientId}=${text}`)) {
      this.stored.push(`${clientId}=${text}`);
    }
    if (refused === 'ack lost') {
      this.live = false;
      throw new ConnectionLost();
    }
    return this.stored.length;
  }

  get texts(): string[] {
    return this.stored.map((entry) => entry.slice(entry.indexOf('=') + 1));
  }
}

export async function settled(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { interval: 1 }).toBe(true);
}

export function states(outbox: Outbox): string[] {
  return outbox.unconfirmed(GENERAL).map(({ text, delivery }) => `${text} ${delivery}`);
}
