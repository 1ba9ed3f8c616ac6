import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/**
 * What somebody brings along in the address of the page: an invitation, the code of a link that another device shows, the one that came by
 * mail for another password, or the word with which the server tells how a sign-in by a provider went.
 */
export interface Arrival {
  kind: 'invite' | 'link' | 'provider' | 'reset';
  code: string;
}

export function arrivalIn(hash: string): Arrival | null {
  const [, kind, code] = /^#(invite|link|provider|reset)=(.+)$/.exec(hash) ?? [];
  return kind === undefined || code === undefined ? null : { kind: kind as Arrival['kind'], code };
}

/** What was brought along and not used yet. It stays when the address changes. */
export const useArrival = defineStore('arrival', () => {
  const arrival = ref<Arrival | null>(null);
  const route = useRoute();
  const router = useRouter();

  watch(
    () => route.hash,
    (hash) => {
      arrival.value = arrivalIn(hash) ?? arrival.value;
    },
    // Before a view goes elsewhere.
    { immediate: true, flush: 'sync' },
  );

  /** Takes it out of the address, where nobody is to find it later. */
  function clean(): void {
    const { name, params, query, hash } = route;
    if (arrivalIn(hash) !== null && typeof name === 'string') {
      void router.replace({ name, params, query, hash: '' });
    }
  }

  /** It was used, or is not wanted. */
  function finish(): void {
    arrival.value = null;
    clean();
  }

  return { arrival, clean, finish };
});
