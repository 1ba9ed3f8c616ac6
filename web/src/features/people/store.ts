import { defineStore } from 'pinia';
import { markRaw } from 'vue';
import { PeopleTable } from './people-table';

/** The one place for what is known of people; rooms, messages and typing refer to it by id. */
export const usePeople = defineStore('people', () => ({ table: markRaw(new PeopleTable()) }));
