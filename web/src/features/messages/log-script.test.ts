import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { ConnectionLost } from '@/api/errors';
import type { LogEvent } from '@/api/generated/protocol';
import { PeopleTable } from '@/features/people/people-table';
import { loadNewer, loadOlder, lookUp, type RequestHistory } from './history';
import { LoadedLog } from './loaded-log';
import { LogView } from './log-view';
import type { MessageChange } from './message-patch';
import type { LogEntry } from './message-state';
import { type HistoryPage, pageOfSnapshot } from './pages';
import type { CoveredPage, Segment } from './segment';
import { membership, message, OWN_USER_ID, renamed, SAM } from './test/log-events';
import { ModelRoom, type Window } from './test/model-room';
import { seededRandom } from './test/random';

const PAGE = 5;
const SEED = 20_261_129;
const SCRIPTS = 150;

/** One client of a room, with two views of its log, whose pages come late and perhaps never. */
class Script {
  readonly server = new ModelRoom();
  readonly people = new PeopleTable();
  readonly log = new LoadedLog(OWN_USER_ID);
  readonly views = [this.newView(this.log), this.newView(this.log)];
  /** Pages that were read and are still on their way, in order. */
  private readonly coming: { arrive: () => void; lose: () => void }[] = [];
  private connected = false;

  constructor(private readonly random: () => number) {
    for (let count = this.upTo(40); count > 0; count -= 1) {
      this.happen();
    }
    // What a page tells of a message is read as it was then; today's frames have no words for it.
    const cover = this.log.cover.bind(this.log);
    this.log.cover = (page) => cover(this.asRead(page));
    this.begin();
    this.connected = true;
  }

  async step(): Promise<void> {
    const view = this.views[this.upTo(2)] as LogView;
    switch (this.upTo(12)) {
      case 0:
        void loadOlder(view, this.request);
        break;
      case 1:
        void loadNewer(view, this.request);
        break;
      case 2:
        this.goTo(view, 1 + this.upTo(this.server.head));
        break;
      case 3:
        view.showLiveEnd();
        break;
      case 4:
        view.position.unreadAfter = this.upTo(this.server.head);
        break;
      case 5:
        this.log.trim(1 + this.upTo(20));
        break;
      case 6:
        this.reconnect();
        break;
      case 7:
      case 8:
        this.coming.shift()?.arrive();
        break;
      default:
        this.happen();
    }
    // Whatever waited for a page goes on before anything else happens.
    await flushPromises();
  }

  /** Each segment holds what happened on the server in that stretch, as it is now, and each view shows it. */
  check(hint: string): void {
    for (let seq = 1; seq <= this.server.head; seq += 1) {
      const segment = this.log.log.segmentAt(seq);
      if (segment !== undefined) {
        const entries = this.log.log.entriesOf(segment);
        expect(entries, hint).toEqual(this.server.between(segment.from, segment.to));
        seq = segment.to;
      }
    }
    expect(this.log.live?.to, hint).toBe(this.server.head);
    for (const view of this.views) {
      expect(view.rows([]), hint).toEqual(this.madeAnew(view).rows([]));
    }
  }

  /** The same place in a log that has been told all at once. */
  private madeAnew(view: LogView): LogView {
    const log = new LoadedLog(OWN_USER_ID);
    const cover = ({ from, to }: Segment) =>
      log.cover({ from, to, entries: this.server.between(from, to) });
    const fresh = this.newView(log);
    fresh.position.unreadAfter = view.position.unreadAfter;
    fresh.position.around = view.position.around;
    for (const segment of [view.segment, this.log.live]) {
      if (segment !== undefined) {
        cover(segment);
      }
    }
    return fresh;
  }

  private newView(log: LoadedLog): LogView {
    return new LogView(log, { ownUserId: OWN_USER_ID, names: this.people });
  }

  private goTo(view: LogView, seq: number): void {
    void lookUp(view, seq, this.request).then((found) => found === 'found' && view.showAround(seq));
  }

  private reconnect(): void {
    for (const { lose } of this.coming.splice(0)) {
      lose();
    }
    this.connected = false;
    const replay = Array.from({ length: this.upTo(4) }, () => this.happen());
    this.connected = true;
    if (this.random() < 0.5) {
      for (const tell of replay) {
        tell();
      }
    } else {
      this.log.clear();
      for (const view of this.views) {
        view.beginAgain();
      }
      this.begin();
    }
  }

  private begin(): void {
    const snapshot = this.server.snapshot(PAGE);
    this.note(snapshot.messages, snapshot.events);
    this.read = snapshot.states;
    this.log.cover(pageOfSnapshot(snapshot));
  }

  /** Something happens in the room. Answers what tells this client of it, which is done unless there is no connection. */
  private happen(): () => void {
    const tell = this.anything();
    if (this.connected) {
      tell();
    }
    return tell;
  }

  private anything(): () => void {
    const { messages } = this.server;
    const target = messages[this.upTo(messages.length)];
    const kind = this.upTo(6);
    if (kind < 2 && target !== undefined) {
      const patch = this.server.patch(target, this.change());
      return () => this.log.patch(patch);
    }
    const event = this.server.add((seq) => this.event(kind, seq));
    return () => {
      this.note([event]);
      this.log.append(event);
    };
  }

  private event(kind: number, seq: number): LogEvent {
    switch (kind) {
      case 4:
        return membership(
          this.random() < 0.5 ? 'memberJoined' : 'memberLeft',
          seq,
          SAM + seq,
          `P${seq}`,
        );
      case 5:
        return renamed(seq, SAM, 'Sam', `Sam ${seq}`);
      default:
        return message(seq, this.random() < 0.3 ? { userId: OWN_USER_ID, name: 'Alex' } : {});
    }
  }

  private change(): MessageChange {
    const reaction = { userId: this.upTo(3), emoji: '👍', reacting: this.random() < 0.7 };
    const changes: MessageChange[] = [
      { type: 'edit', text: `edited ${this.server.head}`, at: this.server.head },
      { type: 'delete' },
      { type: 'react', ...reaction },
    ];
    return changes[this.upTo(3)] as MessageChange;
  }

  private readonly request: RequestHistory = ({ limit: _, ...window }) => {
    const page = this.server.history(window as Window, PAGE);
    return new Promise<HistoryPage>((resolve, reject) => {
      const arrive = () => {
        this.note(page.messages, page.events);
        this.read = page.states;
        resolve(page);
      };
      this.coming.push({ arrive, lose: () => reject(new ConnectionLost()) });
    });
  };

  /** The messages as they were when the page was read that comes now. */
  private read: ReadonlyMap<number, LogEntry> = new Map();

  private asRead(page: CoveredPage): CoveredPage {
    return { ...page, entries: page.entries.map((entry) => this.read.get(entry.seq) ?? entry) };
  }

  private note(...lists: (readonly LogEvent[])[]): void {
    for (const event of lists.flat()) {
      this.people.noteAuthor(event, event.at);
    }
  }

  private upTo(most: number): number {
    return Math.floor(this.random() * most);
  }
}

describe('a log with two views', () => {
  it('shows what is true, whenever pages come, connections break, and messages change', async () => {
    for (let seed = SEED; seed < SEED + SCRIPTS; seed += 1) {
      const script = new Script(seededRandom(seed));
      for (let step = 0; step < 80; step += 1) {
        await script.step();
        script.check(`seed ${seed}, step ${step}`);
      }
    }
  }, 60_000);
});
