import { onScopeDispose, type Ref, ref } from 'vue';
import { isForbidden } from '@/api/errors';
import { describeAccountError } from '@/locales/describe-account-error';

export interface Attempt {
  busy: Readonly<Ref<boolean>>;
  /** What went wrong the last time, as a sentence. */
  error: Ref<string>;
  /** Whether it was refused, and would be refused again. */
  refused: Readonly<Ref<boolean>>;
  /**
   * Carries an action out, one at a time. Answers whether it worked and somebody is still there to see it. An error that belongs elsewhere is
   * taken by `place`, which then answers true.
   */
  attempt: (
    action: () => Promise<unknown>,
    place?: (error: unknown) => boolean,
  ) => Promise<boolean>;
}

/** Actions of a form or a list that ask the server. */
export function useAttempt(): Attempt {
  const busy = ref(false);
  const error = ref('');
  const refused = ref(false);
  let gone = false;
  onScopeDispose(() => {
    gone = true;
  });
  return {
    busy,
    error,
    refused,
    attempt: async (action, place) => {
      if (busy.value) {
        return false;
      }
      busy.value = true;
      error.value = '';
      refused.value = false;
      try {
        await action();
        return !gone;
      } catch (caught) {
        if (!place?.(caught)) {
          refused.value = isForbidden(caught);
          error.value = describeAccountError(caught);
        }
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
