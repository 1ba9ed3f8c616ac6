import { defineStore, storeToRefs } from 'pinia';
import { type Ref, ref, watch } from 'vue';
import { ProtocolError } from '@/api/errors';
import type {
  LookSettings,
  NotificationSettings,
  OwnSettings,
  PrivacySettings,
  Settings,
} from '@/api/generated/protocol';
import { fetchSettings, putRoomNotifications, putSettings } from '@/api/settings';
import { hours } from '@/features/clock/hours';
import { enterKey } from '@/features/composer/enter-key';
import { useEmoji } from '@/features/emoji/store';
import { layout } from '@/features/messages/layout/layout';
import { order, unreadFirst } from '@/features/rooms/sidebar';
import { useSession } from '@/features/session/store';
import { density, motion } from '@/features/settings/look';
import { useTheme } from '@/features/theme';
import { describeError } from '@/locales/describe-error';
import { language } from '@/locales/language';
import { readStored, writeStored } from '@/storage/local';
import { type RoomWish, wishes } from './wishes';

type Changes = { [Part in keyof Settings]: Partial<Settings[Part]> };

const USUAL: NotificationSettings = {
  level: 'mentions',
  keywords: [],
  desktop: true,
  sound: true,
  volume: 60,
  showText: false,
};
const USUAL_PRIVACY: PrivacySettings = { shareReads: true };
/** Where changes are kept that the server does not know yet: a page may be closed at any moment. */
const UNSAVED = 'chinwag.unsavedSettings';
/** Several changes in a moment are told at once. */
const SOON_MS = 250;
/** After so many others that were faster, somebody is changing the settings all the time. */
const MOST_TRIES = 5;

const none = (): Changes => ({ look: {}, notifications: {}, privacy: {} });
const isNone = (changes: Changes) =>
  Object.values(changes).every((part) => Object.keys(part).length === 0);

/**
 * The settings of the person as the server has them. What is changed here is there at once, and told a moment later; what another device
 * changed comes with its news.
 */
export const useOwnSettings = defineStore('ownSettings', () => {
  const session = useSession();
  const notifications = ref<NotificationSettings>({ ...USUAL });
  const privacy = ref<PrivacySettings>({ ...USUAL_PRIVACY });
  /** Whether the server has told them. */
  const loaded = ref(false);
  /** Why it could not be asked or told the last time; empty when nothing went wrong. */
  const error = ref('');
  const look = lookRefs();
  let revision = -1;
  let known = none();
  /** Changes that the server is being told of, and those that it is not told yet. */
  let sent = none();
  let waiting = none();
  let saving: Promise<void> | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let taking = false;

  for (const [key, value] of look) {
    watch(
      value,
      (next) => {
        if (!taking && revision >= 0) {
          change('look', { [key]: next });
        }
      },
      { flush: 'sync' },
    );
  }
  watch(
    () => session.user?.userId,
    (_, before) => {
      clearTimeout(soon);
      if (before !== undefined) {
        writeStored(UNSAVED, undefined);
      }
      revision = -1;
      loaded.value = false;
      error.value = '';
      known = none();
      sent = none();
      waiting = unsaved();
      notifications.value = { ...USUAL };
      privacy.value = { ...USUAL_PRIVACY };
    },
    { immediate: true, flush: 'sync' },
  );

  function unsaved(): Changes {
    const kept = readStored<Partial<Changes> & { by: number }>(UNSAVED);
    if (kept === undefined || kept.by !== session.user?.userId) {
      return none();
    }
    const { by: _, ...changes } = kept;
    return { ...none(), ...changes };
  }

  /** What the server does not know yet, the last changes above those before. */
  function together(): Changes {
    return {
      look: { ...sent.look, ...waiting.look },
      notifications: { ...sent.notifications, ...waiting.notifications },
      privacy: { ...sent.privacy, ...waiting.privacy },
    };
  }

  function keep(): void {
    const changes = together();
    writeStored(UNSAVED, isNone(changes) ? undefined : { by: session.user?.userId, ...changes });
  }

  async function refresh(): Promise<void> {
    take(await noted(session.ask(fetchSettings)));
    if (!isNone(waiting)) {
      await save();
    }
  }

  /** Keeps in mind what came of asking or telling the server. */
  async function noted<T>(work: Promise<T>): Promise<T> {
    try {
      const answer = await work;
      error.value = '';
      return answer;
    } catch (caught) {
      error.value = describeError(caught);
      throw caught;
    }
  }

  function take(own: OwnSettings): void {
    const isFirst = revision < 0;
    revision = own.revision;
    loaded.value = true;
    known = own.settings;
    if (isFirst && revision === 0) {
      // Nothing was ever set, so that what this browser has is taken for it.
      waiting.look = Object.fromEntries(look.map(([key, value]) => [key, value.value]));
    }
    const present = { ...known.look, ...together().look };
    taking = true;
    // Without a line for a moment the rooms are as they were.
    wishes.value = Object.fromEntries(own.rooms.map(({ room, ...wish }) => [room, wish]));
    for (const [key, value] of look) {
      if (present[key] !== undefined && value.value !== present[key]) {
        value.value = present[key];
      }
    }
    taking = false;
    show();
  }

  function show(): void {
    const changes = together();
    notifications.value = { ...USUAL, ...known.notifications, ...changes.notifications };
    privacy.value = { ...USUAL_PRIVACY, ...known.privacy, ...changes.privacy };
  }

  function change<Part extends keyof Changes>(part: Part, changes: Changes[Part]): void {
    waiting[part] = { ...waiting[part], ...changes };
    keep();
    show();
    clearTimeout(soon);
    soon = setTimeout(() => {
      save().catch(() => {
        // Told with the next connection.
      });
    }, SOON_MS);
  }

  /** Tells the server of what was changed here, if it was. */
  function save(): Promise<void> {
    saving ??= noted(saveAll()).finally(() => {
      saving = undefined;
    });
    return saving;
  }

  async function saveAll(): Promise<void> {
    if ((waiting.look.language as string | undefined) === 'pseudo') {
      // For those who look at the layout with it, here alone.
      delete waiting.look.language;
    }
    for (let tries = 0; !isNone(waiting) && tries < MOST_TRIES; tries += 1) {
      [sent, waiting] = [waiting, none()];
      const settings = {
        look: { ...known.look, ...sent.look },
        notifications: { ...USUAL, ...known.notifications, ...sent.notifications },
        privacy: { ...USUAL_PRIVACY, ...known.privacy, ...sent.privacy },
      };
      const asked = session.user?.userId;
      try {
        const answer = await session.ask((token) => putSettings({ revision, settings }, token));
        if (asked !== session.user?.userId) {
          return;
        }
        revision = answer.revision;
        known = settings;
      } catch (error) {
        if (asked !== session.user?.userId) {
          return;
        }
        waiting = together();
        if (!(error instanceof ProtocolError) || error.code !== 'settings_changed') {
          throw error;
        }
        sent = none();
        take(await session.ask(fetchSettings));
      } finally {
        sent = none();
        keep();
      }
    }
  }

  /** Says what one wants to hear of a room. */
  async function setRoom(room: number, wish: RoomWish): Promise<void> {
    const answer = await session.ask((token) => putRoomNotifications(room, wish, token));
    const { [room]: _, ...others } = wishes.value;
    wishes.value = Object.keys(wish).length === 0 ? others : { ...others, [room]: wish };
    if (answer.revision === revision + 1) {
      revision += 1;
    } else if (answer.revision > revision) {
      await refresh();
    }
  }

  /** Another device may have changed them. */
  function applyChanged(next: number): void {
    // What oneself is just saying comes back as well.
    if (next > revision && saving === undefined) {
      refresh().catch(() => {});
    }
  }

  return {
    notifications,
    privacy,
    loaded,
    error,
    refresh,
    setRoom,
    applyChanged,
    set: (changes: Partial<NotificationSettings>) => change('notifications', changes),
    setPrivacy: (changes: Partial<PrivacySettings>) => change('privacy', changes),
  };
});

/** The settings of the look, each with its name on the wire. */
// biome-ignore lint/suspicious/noExplicitAny: each has a type of its own, which the server's schema says as well
function lookRefs(): (readonly [keyof LookSettings, Ref<any>])[] {
  return [
    ['theme', storeToRefs(useTheme()).theme],
    ['density', density],
    ['motion', motion],
    ['layout', layout],
    ['enterKey', enterKey],
    ['emoji', storeToRefs(useEmoji()).enabled],
    ['roomOrder', order],
    ['unreadFirst', unreadFirst],
    ['language', language],
    ['hours', hours],
  ];
}
