import { type Ref, ref, watch } from 'vue';
import { readStored, writeStored } from './local';

/** How each of them is read again. */
const settings: (() => void)[] = [];
/** Whose they are; null while nobody is signed in. */
let owner: number | null = null;

/** Whether what one account has set is where the next one at this browser begins, or is nobody else's. */
type Reach = 'browser' | 'account';

/**
 * Something that a person has as he likes it. This browser keeps it by account, since several people may use it; whoever has set nothing yet,
 * or is not signed in, has what was set here last.
 */
export function setting<T>(
  key: string,
  fallback: T,
  isValid: (value: unknown) => boolean,
  reach: Reach = 'browser',
): Ref<T> {
  const read = (name: string): T | undefined => {
    const stored = readStored<T>(name);
    return stored !== undefined && isValid(stored) ? stored : undefined;
  };
  const nameFor = (account: number) => `${key}:${account}`;
  const ofBrowser = () => (reach === 'browser' ? read(key) : undefined);
  const present = () =>
    (owner === null ? undefined : read(nameFor(owner))) ?? ofBrowser() ?? fallback;
  const value = ref(present()) as Ref<T>;
  let reading = false;

  settings.push(() => {
    reading = true;
    value.value = present();
    reading = false;
  });
  watch(
    value,
    (next) => {
      if (!reading) {
        if (reach === 'browser') {
          writeStored(key, next === fallback ? undefined : next);
        }
        if (owner !== null) {
          writeStored(nameFor(owner), next);
        }
      }
    },
    { flush: 'sync' },
  );
  return value;
}

/** One of several. */
export function choice<T extends string>(
  key: string,
  values: readonly T[],
  fallback: NoInfer<T>,
): Ref<T> {
  return setting<T>(key, fallback, (value) => (values as readonly unknown[]).includes(value));
}

export function flag(key: string, fallback: boolean, reach?: Reach): Ref<boolean> {
  return setting(key, fallback, (value) => typeof value === 'boolean', reach);
}

/** From now on the settings are those of this account. */
export function readSettingsOf(account: number | null): void {
  owner = account;
  for (const take of settings) {
    take();
  }
}
