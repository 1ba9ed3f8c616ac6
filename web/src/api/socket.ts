import { backoffMs, restartDelayMs } from './backoff';
import { type CloseMeaning, closeMeaning, type SessionEnd } from './close-code';
import { ConnectionLost, ProtocolError } from './errors';
import type { ReplyTo, RequestFrame, ServerFrameType } from './frames';
import type { ClientFrame, ServerFrame } from './generated/protocol';
import { type FrameHandler, FrameListeners, type Unsubscribe } from './listeners';
import type { Obstacle } from './obstacle';
import { PendingReplies } from './pending-replies';

export type ConnectionState =
  | { name: 'stopped' }
  | { name: 'connecting' }
  | { name: 'live' }
  | { name: 'waiting'; retryAt: number }
  /** The server does not want this session back. */
  | { name: 'offline'; reason: SessionEnd };

export interface Credentials {
  /** A token that is good now, or will be there soon. Asked anew for each connection. */
  token: () => string | Promise<string>;
  /** The last `seq` seen of each room that is to be resumed; asked anew for each connection. */
  resumePoints: () => Record<string, number>;
}

export interface SocketOptions {
  url: string;
  openWebSocket?: (url: string) => WebSocket;
  random?: () => number;
  findObstacle?: () => Promise<Obstacle | undefined>;
  /** Puts off what has come, so that a burst is taken as one; without it each frame is taken as it comes. */
  gather?: (take: () => void) => void;
}

const REPLY_TIMEOUT_MS = 15_000;
const PROBE_TIMEOUT_MS = 10_000;
/** A connection that has been silent for longer is asked for a sign of life. Browsers do not tell their pages of the server's pings. */
const TRUSTED_SILENCE_MS = 30_000;

const ENDS_OF_REPLAY: ReadonlySet<ServerFrameType> = new Set([
  'resumed',
  'reset',
  'roomGone',
  'joined',
]);

/** One connection to the server that comes back by itself, until it is stopped or its session is over. */
export class Socket {
  private readonly listeners = new FrameListeners();
  private readonly replies = new PendingReplies();
  private readonly stateHandlers = new Set<(state: ConnectionState) => void>();
  private readonly random: () => number;
  private credentials: Credentials | undefined;
  private webSocket: WebSocket | undefined;
  private current: ConnectionState = { name: 'stopped' };
  /** Ends the wait for the next attempt, or the attempt itself when it hangs. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  /** In which the rooms to be resumed were seen. */
  private epoch: string | undefined;
  /** Attempts in a row that did not open. */
  private unopened = 0;
  /** Why they did not, as far as that is known. */
  private cause: Obstacle | undefined;
  private lastFrameAt = 0;
  private probing = false;
  private readonly roomsToResume = new Set<string>();
  /** What has come of this connection and is not taken yet. */
  private arrived: unknown[] = [];

  constructor(private readonly options: SocketOptions) {
    this.random = options.random ?? Math.random;
  }

  get state(): ConnectionState {
    return this.current;
  }

  get obstacle(): Obstacle | undefined {
    return this.cause;
  }

  /** True from a `welcome` until each room named in the `hello` is up to date. */
  get replaying(): boolean {
    return this.roomsToResume.size > 0;
  }

  start(credentials: Credentials): void {
    this.drop();
    this.credentials = credentials;
    this.failures = 0;
    this.unopened = 0;
    this.connect();
  }

  stop(): void {
    this.drop();
    this.credentials = undefined;
    this.enter({ name: 'stopped' });
  }

  on<T extends ServerFrameType>(type: T, handler: FrameHandler<T>): Unsubscribe {
    return this.listeners.on(type, handler);
  }

  /** Called whenever `state` or `replaying` may have changed. */
  onState(handler: (state: ConnectionState) => void): Unsubscribe {
    this.stateHandlers.add(handler);
    return () => this.stateHandlers.delete(handler);
  }

  async request<F extends RequestFrame>(frame: F): Promise<ReplyTo<F>> {
    if (this.current.name !== 'live') {
      throw new ConnectionLost();
    }
    return (await this.ask(frame, REPLY_TIMEOUT_MS)) as ReplyTo<F>;
  }

  /** Sends what needs no answer and is worth nothing later; it is dropped while there is no connection. */
  notify(frame: RequestFrame): void {
    if (this.current.name === 'live') {
      this.webSocket?.send(JSON.stringify(frame));
    }
  }

  /** The network or the person is back: do not sit out the wait, and do not trust a connection that slept. */
  wake(): void {
    if (this.current.name === 'waiting') {
      this.connect();
    } else if (this.silence() > TRUSTED_SILENCE_MS) {
      this.probe();
    }
  }

  /** Asks the connection for a sign of life, without which it is lost. */
  probe(): void {
    if (this.current.name !== 'live' || this.probing) {
      return;
    }
    this.probing = true;
    this.ask({ type: 'ping' }, PROBE_TIMEOUT_MS)
      .catch(() => {
        // A refusal is a sign of life, and a lost connection is dealt with where it is noticed.
      })
      .finally(() => {
        this.probing = false;
      });
  }

  /** Looks at a live connection from time to time: it may have died without a word. */
  private listen(): void {
    clearTimeout(this.timer);
    const rest = TRUSTED_SILENCE_MS - this.silence();
    this.timer = setTimeout(
      () => {
        if (this.silence() >= TRUSTED_SILENCE_MS) {
          this.probe();
        }
        this.listen();
      },
      rest > 0 ? rest : TRUSTED_SILENCE_MS,
    );
  }

  /** By the wall clock, which goes on while the machine sleeps; when somebody sets it back, the connection is asked in any case. */
  private silence(): number {
    const silence = Date.now() - this.lastFrameAt;
    return silence < 0 ? Number.POSITIVE_INFINITY : silence;
  }

  private connect(): void {
    clearTimeout(this.timer);
    const open = this.options.openWebSocket ?? ((url) => new WebSocket(url));
    const webSocket = open(this.options.url);
    this.webSocket = webSocket;
    this.unopened += 1;
    this.timer = setTimeout(() => this.lose('retry'), REPLY_TIMEOUT_MS);
    webSocket.onopen = () => this.greet();
    webSocket.onmessage = ({ data }) => this.arrive(data);
    webSocket.onclose = ({ code }) => {
      // What came before the end counts, unless one of it ends the connection itself.
      while (this.webSocket === webSocket && this.arrived.length > 0) {
        this.receive(this.arrived.shift());
      }
      if (this.webSocket === webSocket) {
        this.lose(closeMeaning(code));
      }
    };
    this.enter({ name: 'connecting' });
  }

  private greet(): void {
    clearTimeout(this.timer);
    this.unopened = 0;
    this.cause = undefined;
    const token = this.credentials?.token();
    if (typeof token === 'string') {
      this.sayHello(token);
    } else if (token !== undefined) {
      void this.sayHelloWith(token);
    }
  }

  /** The token may need the server first. A connection that was let go meanwhile is none of its business. */
  private async sayHelloWith(coming: Promise<string>): Promise<void> {
    const { webSocket } = this;
    this.timer = setTimeout(() => this.lose('retry'), REPLY_TIMEOUT_MS);
    const token = await coming.catch(() => undefined);
    if (this.webSocket !== webSocket) {
      return;
    }
    clearTimeout(this.timer);
    if (token === undefined) {
      this.lose('retry');
    } else {
      this.sayHello(token);
    }
  }

  private sayHello(token: string): void {
    const rooms = this.credentials?.resumePoints() ?? {};
    this.roomsToResume.clear();
    for (const room of Object.keys(rooms)) {
      this.roomsToResume.add(room);
    }
    const { epoch } = this;
    this.ask({ type: 'hello', token, epoch, rooms }, REPLY_TIMEOUT_MS).catch((error: unknown) => {
      if (error instanceof ProtocolError) {
        this.lose(error.code === 'unauthorized' ? 'expired' : 'retry', error.retryAfterMs);
      }
    });
  }

  private ask(
    frame: RequestFrame | Omit<Extract<ClientFrame, { type: 'hello' }>, 'ref'>,
    timeoutMs: number,
  ): Promise<ServerFrame> {
    const { webSocket } = this;
    const send = (ref: number) => webSocket?.send(JSON.stringify({ ...frame, ref }));
    return this.replies.open(send, timeoutMs, () => this.lose('retry'));
  }

  /** A page that renders after each of a thousand frames is busy for many seconds, after all of them for one moment. */
  private arrive(data: unknown): void {
    this.arrived.push(data);
    const { gather } = this.options;
    if (gather === undefined) {
      this.take();
    } else if (this.arrived.length === 1) {
      gather(() => this.take());
    }
  }

  /** Whoever gets an answer goes on before anything that came later is taken. */
  private take(): void {
    let isAnswer = false;
    try {
      while (!isAnswer && this.arrived.length > 0) {
        isAnswer = this.receive(this.arrived.shift());
      }
    } finally {
      // After a defect, too: what came later is not lost by it.
      if (this.arrived.length > 0) {
        this.options.gather?.(() => this.take());
      }
    }
  }

  /** Tells whether it was the answer to a request. */
  private receive(data: unknown): boolean {
    const frame = parseFrame(data);
    if (frame === undefined) {
      return false;
    }
    this.lastFrameAt = Date.now();
    const opensConnection = frame.type === 'welcome';
    if (opensConnection) {
      this.epoch = frame.epoch;
      this.failures = 0;
      // Handlers of `welcome` may send requests; those who watch the state see `live` after them.
      this.current = { name: 'live' };
      this.listen();
    }
    this.listeners.emit(frame);
    this.replies.settle(frame);
    const endsReplay = 'room' in frame && ENDS_OF_REPLAY.has(frame.type);
    if (opensConnection || (endsReplay && this.roomsToResume.delete(String(frame.room)))) {
      this.enter(this.current);
    }
    return 'ref' in frame;
  }

  /** Comes back unless that makes no sense; not before the server said, and not in the same instant as all others whom it told so. */
  private lose(meaning: CloseMeaning, retryAfterMs = 0): void {
    this.drop();
    if (meaning !== 'restart' && meaning !== 'retry') {
      this.enter({ name: 'offline', reason: meaning });
      return;
    }
    const usual =
      meaning === 'restart' ? restartDelayMs(this.random) : backoffMs(this.failures, this.random);
    const told = retryAfterMs > 0 ? retryAfterMs + restartDelayMs(this.random) : 0;
    const delay = Math.max(usual, told);
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), delay);
    this.enter({ name: 'waiting', retryAt: Date.now() + delay });
    // The first time the server may just be gone.
    if (this.unopened > 1) {
      void this.lookForObstacle();
    }
  }

  private async lookForObstacle(): Promise<void> {
    const found = await this.options.findObstacle?.();
    if (this.unopened > 0) {
      this.cause = found;
      this.enter(this.current);
    }
  }

  /** Lets go of the connection at once; its own `close` event can take minutes on a dead network. */
  private drop(): void {
    clearTimeout(this.timer);
    const { webSocket } = this;
    this.webSocket = undefined;
    if (webSocket !== undefined) {
      webSocket.onopen = null;
      webSocket.onmessage = null;
      webSocket.onclose = null;
      webSocket.close();
    }
    this.arrived = [];
    this.roomsToResume.clear();
    this.replies.rejectAll();
  }

  private enter(state: ConnectionState): void {
    this.current = state;
    for (const handler of this.stateHandlers) {
      handler(state);
    }
  }
}

function parseFrame(data: unknown): ServerFrame | undefined {
  try {
    return typeof data === 'string' ? (JSON.parse(data) as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
