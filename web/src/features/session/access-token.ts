import { backoffMs } from '@/api/backoff';
import { ProtocolError } from '@/api/errors';
import type { SignedIn } from '@/api/generated/protocol';

export interface AccessTokenOptions {
  /** Asks the server for a new one. */
  refresh: () => Promise<SignedIn>;
  onRefreshed: (session: SignedIn) => void;
  /** The server knows of no session of this browser. */
  onRefused: () => void;
}

/** Of the time that a token is good for, after which a new one is fetched. */
const GOOD_SHARE = 0.8;
/** One that ends within this time may have ended when it arrives. */
const TOO_LATE_MS = 5_000;

/** The access token of a session, which is kept in memory only and renewed before it ends. Whatever prevents that is tried again. */
export class AccessToken {
  private text: string | undefined;
  private endsAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private refreshing: Promise<string> | undefined;

  constructor(private readonly options: AccessTokenOptions) {}

  /** One that is good still, or the promise of one. */
  get(): string | Promise<string> {
    const left = this.endsAt - Date.now();
    return this.text !== undefined && left > TOO_LATE_MS ? this.text : this.refresh();
  }

  /** The last one, as good as it may be. */
  get last(): string | undefined {
    return this.text;
  }

  set({ accessToken, expiresIn }: SignedIn): void {
    this.refreshing = undefined;
    this.failures = 0;
    this.text = accessToken;
    this.endsAt = Date.now() + expiresIn * 1_000;
    this.refreshIn(expiresIn * 1_000 * GOOD_SHARE);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.refreshing = undefined;
    this.text = undefined;
    this.endsAt = 0;
  }

  /** A new one in any case. Whoever asks while another asks gets the same answer. */
  refresh(): Promise<string> {
    this.refreshing ??= this.fetch();
    return this.refreshing;
  }

  private fetch(): Promise<string> {
    clearTimeout(this.timer);
    // Whoever is signed out or in meanwhile has no use for this answer.
    const isMine = () => this.refreshing === mine;
    const mine: Promise<string> = this.options.refresh().then(
      (session) => {
        if (isMine()) {
          this.set(session);
          this.options.onRefreshed(session);
        }
        return session.accessToken;
      },
      (error: unknown) => {
        if (isMine()) {
          this.refreshing = undefined;
          this.onFailure(error);
        }
        throw error;
      },
    );
    return mine;
  }

  private onFailure(error: unknown): void {
    if (error instanceof ProtocolError && error.code === 'unauthorized') {
      this.clear();
      this.options.onRefused();
      return;
    }
    const told = error instanceof ProtocolError ? (error.retryAfterMs ?? 0) : 0;
    this.refreshIn(Math.max(told, backoffMs(this.failures, Math.random)));
    this.failures += 1;
  }

  private refreshIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh().catch(() => undefined), ms);
  }
}
