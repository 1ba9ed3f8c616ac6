import { shallowRef } from 'vue';
import type { Attachment } from '@/api/generated/protocol';

/** The picture that is looked at by itself. */
export const viewing = shallowRef<Attachment | null>(null);
