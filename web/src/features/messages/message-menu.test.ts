import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GENERAL, summary } from '@/api/test/rooms';
import { useRooms } from '@/features/rooms/store';
import { useSession } from '@/features/session/store';
import { useChanging } from './changing';
import { useMessageMenu } from './message-menu';
import { lateMenu } from './reactions/late';
import { useReactions } from './reactions/store';
import { noteReaction } from './reactions/usual';
import type { MessageRow } from './rows';
import { createFakeConnection, type FakeConnection } from './test/fake-connection';

let connection: FakeConnection;

vi.mock('@/api/saved', () => ({ fetchSaved: async () => ({ saved: [] }) }));
vi.mock('@/features/connection/store', () => ({ useConnection: () => connection }));

beforeEach(async () => {
  lateMenu.value = await import('./reactions/menu');
  connection = createFakeConnection();
  setActivePinia(createPinia());
  document.body.innerHTML =
    '<div data-row="m5"><span id="text">Hello</span><a id="link">there</a></div>';
});

function row(changes: Partial<MessageRow> = {}): MessageRow {
  return {
    kind: 'message',
    key: 'm5',
    seq: 5,
    clientId: null,
    userId: 7,
    name: 'Alex',
    text: 'Hello',
    messageKind: 'text',
    replyTo: null,
    thread: null,
    threadInfo: null,
    attachments: [],
    files: [],
    edited: false,
    deleted: false,
    reactions: [],
    pinned: false,
    at: 0,
    own: true,
    head: true,
    delivery: 'sent',
    problem: null,
    ...changes,
  };
}

function labels(of: MessageRow, at = '#text'): string[] {
  const target = document.querySelector(at) as Element;
  return useMessageMenu(GENERAL, () => [of])(target).flatMap((group) =>
    group.map(({ label }) => label),
  );
}

describe('the menu of a message', () => {
  it('edits and deletes an own one', () => {
    expect(labels(row())).toEqual([
      'Reply',
      'Reply in thread',
      'Copy text',
      'Copy link',
      'Edit…',
      'Save for later',
      'Delete',
    ]);
    expect(labels(row({ messageKind: 'action' }))).toEqual([
      'Reply',
      'Reply in thread',
      'Copy text',
      'Copy link',
      'Save for later',
      'Delete',
    ]);
  });

  it('does not edit where nothing may be written', () => {
    const inRoom = (more: object) =>
      vi
        .spyOn(useRooms(), 'room')
        .mockReturnValue({ ...summary(GENERAL), role: 'member', ...more } as never);
    inRoom({ archived: true });
    expect(labels(row())).not.toContain('Edit…');
    inRoom({ posting: 'moderators' });
    expect(labels(row())).not.toContain('Edit…');
    inRoom({ slowModeS: 60 });
    expect(labels(row())).toContain('Edit…');
  });

  it('does not touch what others wrote, unless one keeps order', () => {
    const others = row({ own: false });
    const offered = () => labels(others).filter((label) => !label.startsWith('React'));
    expect(offered()).toEqual([
      'Reply',
      'Reply in thread',
      'Copy text',
      'Copy link',
      'Save for later',
      'Report…',
    ]);
    useSession().$patch({ user: { userId: 7, name: 'Alex', kind: 'member', role: 'moderator' } });
    vi.spyOn(useRooms(), 'room').mockReturnValue({ ...summary(GENERAL), role: 'member' } as never);
    expect(offered()).toEqual([
      'Pin',
      'Reply',
      'Reply in thread',
      'Mark unread from here',
      'Copy text',
      'Copy link',
      'Save for later',
      'Remind me…',
      'Forward…',
      'Report…',
      'Delete',
    ]);
    vi.spyOn(useRooms(), 'room').mockReturnValue({
      ...summary(GENERAL),
      kind: 'private',
      role: 'member',
    } as never);
    expect(offered()).toEqual([
      'Reply',
      'Reply in thread',
      'Mark unread from here',
      'Copy text',
      'Copy link',
      'Save for later',
      'Remind me…',
      'Forward…',
      'Report…',
    ]);
    vi.spyOn(useRooms(), 'room').mockReturnValue({
      ...summary(GENERAL),
      kind: 'private',
      role: 'owner',
    } as never);
    expect(offered()).toEqual([
      'Pin',
      'Reply',
      'Reply in thread',
      'Mark unread from here',
      'Copy text',
      'Copy link',
      'Save for later',
      'Remind me…',
      'Forward…',
      'Report…',
      'Delete',
    ]);
  });

  it('has the emoji that one uses most, where one may react', () => {
    const react = vi.spyOn(useReactions(), 'toggle').mockResolvedValue();
    const member = { ...summary(GENERAL), member: true };
    vi.spyOn(useRooms(), 'room').mockReturnValue(member as never);
    noteReaction('🎉');
    const all = labels(row({ reactions: [{ emoji: '👍', count: 1, users: [9] }] }));
    expect(all.slice(0, 2)).toEqual(['React with 🎉', 'React with 👍']);
    expect(all.slice(6)).toEqual([
      'React…',
      'Who reacted…',
      'Reply',
      'Reply in thread',
      'Copy text',
      'Copy link',
      'Edit…',
      'Save for later',
      'Remind me…',
      'Forward…',
      'Delete',
    ]);
    const target = document.querySelector('#text') as Element;
    const message = row();
    useMessageMenu(GENERAL, () => [message])(target)[0]?.[0]?.select();
    expect(react).toHaveBeenCalledWith(GENERAL, message, '🎉');
    vi.spyOn(useRooms(), 'room').mockReturnValue({ ...member, archived: true } as never);
    expect(labels(row())).toEqual([
      'Reply',
      'Reply in thread',
      'Copy text',
      'Copy link',
      'Save for later',
      'Remind me…',
      'Forward…',
      'Delete',
    ]);
  });

  it('leaves links, and what is not stored or deleted, to the browser', () => {
    expect(labels(row(), '#link')).toEqual([]);
    expect(labels(row({ seq: null, delivery: 'pending' }))).toEqual([]);
    expect(labels(row({ deleted: true }))).toEqual([]);
  });

  it('says which message is to be changed', () => {
    const target = document.querySelector('#text') as Element;
    const items = useMessageMenu(GENERAL, () => [row()])(target).flat();
    items.find(({ label }) => label === 'Edit…')?.select();
    expect(useChanging().now).toEqual({ room: GENERAL, seq: 5, text: 'Hello', how: 'edit' });
    const others = useMessageMenu(GENERAL, () => [row({ own: false })])(target).flat();
    others.find(({ label }) => label === 'Report…')?.select();
    expect(useChanging().now).toMatchObject({ seq: 5, how: 'report' });
  });
});
