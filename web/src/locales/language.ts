import { computed, ref, watch } from 'vue';
import { choice } from '@/storage/settings';
import type { All } from './all';
import { current } from './current';

/** What a person can choose; `pseudo` is for those who look at the layout with it, and stands in no list. */
export const LANGUAGES = ['system', 'en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number] | 'pseudo';
type Texts = Exclude<Language, 'system'>;

export const language = choice<Language>('chinwag.language', [...LANGUAGES, 'pseudo'], 'system');

/** The one that is on show. */
export const shown = ref<Texts>('en');

/** By which dates and numbers are written: as the browser has it, unless that is another language than the one on show. */
export const locale = computed(() => {
  const code = shown.value === 'pseudo' ? 'en' : shown.value;
  return navigator.languages.find((each) => codeOf(each) === code) ?? code;
});

const codeOf = (tag: string) => tag.split('-')[0]?.toLowerCase();

function wanted(): Texts {
  if (language.value !== 'system') {
    return language.value;
  }
  const first = navigator.languages.map(codeOf).find((code) => code === 'en' || code === 'de');
  return first === 'de' ? 'de' : 'en';
}

async function textsOf(code: Texts): Promise<All | undefined> {
  switch (code) {
    case 'en':
      return undefined;
    case 'de':
      return (await import('./de')).de;
    case 'pseudo':
      return (await import('./pseudo')).pseudo;
  }
}

async function show(code: Texts): Promise<void> {
  try {
    const texts = await textsOf(code);
    if (wanted() === code) {
      current.value = texts;
      shown.value = code;
      document.documentElement.lang = code === 'pseudo' ? 'en' : code;
      document.documentElement.dir = code === 'pseudo' ? 'rtl' : 'ltr';
    }
  } catch {
    // Without a line it stays as it was; a reload tries again.
  }
}

/** Shows the client in the language of the person, now and whenever that changes. Answers when its texts are there. */
export function followLanguage(): Promise<void> {
  watch(language, () => void show(wanted()));
  return show(wanted());
}
