import { computed, ref, shallowRef, watch } from 'vue';
import { useRouter } from 'vue-router';
import { useConnection } from '@/features/connection/store';
import { useRooms } from '@/features/rooms/store';
import { useSearch } from '@/features/search/store';
import { t } from '@/locales/late';
import { type CommandEntry, commandEntries } from './commands';
import { type Found, Index, markOf } from './find';
import { type PlaceEntry, placeEntries, recentPlaces } from './places';

export type AnyEntry = PlaceEntry | CommandEntry;

interface Group {
  id: 'recent' | 'place' | 'command' | 'messages';
  label: string;
  found: Found<AnyEntry>[];
}

const MOST_RECENT = 8;
/** From so many rooms people are asked for; whoever is in more rooms than these knows many already. */
const MOST_ASKED = 5;

/** What stands in the switcher for what is typed there. */
export function useSwitcher() {
  const rooms = useRooms();
  const connection = useConnection();
  const search = useSearch();
  const router = useRouter();
  const typed = ref('');
  const entries = shallowRef<readonly AnyEntry[]>([]);
  const index = computed(() => new Index(entries.value));

  /** Takes what there is at the moment; what moves while somebody chooses is chosen wrongly. */
  function take(): void {
    entries.value = [...placeEntries(router), ...commandEntries(router)];
  }

  async function begin(): Promise<void> {
    typed.value = '';
    take();
    await askForPeople();
    // Whoever has begun to type finds them too.
    take();
  }

  async function askForPeople(): Promise<void> {
    await Promise.allSettled(
      rooms.joined
        .slice(0, MOST_ASKED)
        .map(({ room }) => connection.request({ type: 'members', room, limit: 200 })),
    );
  }

  // Rooms that only the server knows come to those that are known here.
  watch(typed, async (query) => {
    const words = query.replace('#', '').trim();
    if (rooms.hasMore && words.length > 1 && (markOf(query) ?? '#') === '#') {
      await rooms.list(words).catch(() => undefined);
      if (typed.value === query) {
        take();
      }
    }
  });

  const groups = computed<Group[]>(() => {
    const all: Group[] = typed.value.trim() === '' ? withoutQuery() : withQuery(typed.value);
    return all.filter(({ found }) => found.length > 0);
  });

  function withoutQuery(): Group[] {
    const places = entries.value.filter((entry) => entry.kind === 'place');
    const recent = recentPlaces(places, rooms.activeId).slice(0, MOST_RECENT);
    return [
      { id: 'recent', label: t('switcher.recent'), found: recent.map(whole) },
      {
        id: 'command',
        label: t('switcher.commands'),
        found: entries.value.filter(({ kind }) => kind === 'command').map(whole),
      },
    ];
  }

  function withQuery(query: string): Group[] {
    const { place, command } = index.value.find(query);
    return [
      { id: 'place', label: t('switcher.places'), found: place },
      { id: 'command', label: t('switcher.commands'), found: command },
      { id: 'messages', label: t('switcher.messages'), found: messagesWith(query.trim()) },
    ];
  }

  /** What is not found here may have been said. */
  function messagesWith(query: string): Found<AnyEntry>[] {
    const room = rooms.active?.member ? rooms.active : rooms.joined.at(0);
    if (room === undefined || markOf(query) !== undefined) {
      return [];
    }
    const run = async () => {
      search.query = query;
      search.scope = 'all';
      const params = { room: rooms.addressOf(room.room) };
      await router.push({ name: 'room', params, query: { pane: 'search' } });
      await search.ask(room.room);
    };
    const label = t('switcher.searchMessages', query);
    return [
      whole({ key: 'messages', kind: 'command', mark: '>', label, icon: 'search', bonus: 0, run }),
    ];
  }

  return { typed, groups, begin };
}

function whole(entry: AnyEntry): Found<AnyEntry> {
  return { entry, places: [] };
}
