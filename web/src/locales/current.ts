import { shallowRef } from 'vue';
import type { All } from './all';

/** All texts of a language that is not English, which every page has anyway. */
export const current = shallowRef<All>();
